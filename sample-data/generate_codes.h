// SPDX-License-Identifier: MIT
/*
 * The code lists of config/working-well/codes/ as the extracts write them: codes in the
 * same order, each with its label and the odd spellings that occur. A spelling added here
 * must be added there.
 */
#ifndef GENERATE_CODES_H
#define GENERATE_CODES_H

enum { AREA_MANCHESTER, AREA_SALFORD, AREA_TRAFFORD, AREA_OUTSIDE, AREA_COUNT };

enum { ANSWER_YES, ANSWER_NO, ANSWER_COUNT };

enum { SEX_FEMALE, SEX_MALE, SEX_TRANSGENDER, SEX_COUNT };

enum {
    ETHNICITY_BANGLADESHI,
    ETHNICITY_BLACK_AFRICAN,
    ETHNICITY_BLACK_BRITISH,
    ETHNICITY_BLACK_CARIBBEAN,
    ETHNICITY_INDIAN,
    ETHNICITY_OTHER_ASIAN,
    ETHNICITY_OTHER_ETHNIC_GROUP,
    ETHNICITY_OTHER_MIXED,
    ETHNICITY_OTHER_WHITE,
    ETHNICITY_PAKISTANI,
    ETHNICITY_PREFER_NOT_TO_SAY,
    ETHNICITY_WHITE_AND_ASIAN,
    ETHNICITY_WHITE_AND_BLACK_AFRICAN,
    ETHNICITY_WHITE_AND_BLACK_CARIBBEAN,
    ETHNICITY_WHITE_BRITISH,
    ETHNICITY_WHITE_IRISH,
    ETHNICITY_COUNT
};

enum { TYPE_MENTAL, TYPE_PHYSICAL, TYPE_NONE, TYPE_NO_RESPONSE, TYPE_COUNT };

enum {
    CONDITION_DEPRESSION,
    CONDITION_ANXIETY_DISORDER,
    CONDITION_BACK_PROBLEMS,
    CONDITION_EPILEPSY,
    CONDITION_OSTEOARTHRITIS,
    CONDITION_RHEUMATOID_ARTHRITIS,
    CONDITION_PROBLEMS_WITH_LEGS,
    CONDITION_ALCOHOL_ADDICTION,
    CONDITION_SUBSTANCE_MISUSE,
    CONDITION_BIPOLAR_DISORDER,
    CONDITION_PTSD,
    CONDITION_LEARNING_DIFFICULTIES,
    CONDITION_DIABETES,
    CONDITION_HEART_BLOOD_PRESSURE,
    CONDITION_CHEST_BREATHING,
    CONDITION_FIBROMYALGIA,
    CONDITION_PROBLEMS_WITH_FEET,
    CONDITION_PROBLEMS_WITH_ARMS,
    CONDITION_PROBLEMS_WITH_HANDS,
    CONDITION_NECK_PROBLEMS,
    CONDITION_DIFFICULTY_SEEING,
    CONDITION_DIFFICULTY_HEARING,
    CONDITION_NEUROLOGICAL,
    CONDITION_BLOOD_RELATED_DISORDER,
    CONDITION_BRAIN_INJURY_TRAUMA,
    CONDITION_CHRONIC_FATIGUE_SYNDROME,
    CONDITION_OTHER,
    CONDITION_PREFER_NOT_TO_SAY,
    CONDITION_COUNT
};

enum {
    WHEN_WITHIN_1_MONTH,
    WHEN_WITHIN_2_3_MONTHS,
    WHEN_WITHIN_4_6_MONTHS,
    WHEN_WITHIN_7_12_MONTHS,
    WHEN_OVER_12_MONTHS,
    WHEN_NEVER,
    WHEN_DONT_KNOW,
    WHEN_COUNT
};

enum {
    REVIEW_COMPLETED,
    REVIEW_BOOKED,
    REVIEW_CANCELLED,
    REVIEW_DID_NOT_ATTEND,
    REVIEW_COUNT
};

enum {
    SERVICE_CRIMINAL_JUSTICE,
    SERVICE_DOMESTIC_ABUSE_SUPPORT,
    SERVICE_EMPLOYMENT_SUPPORT,
    SERVICE_FAMILY_SUPPORT,
    SERVICE_GP,
    SERVICE_HOUSING,
    SERVICE_LEGAL_AID,
    SERVICE_LOCAL_COUNCIL_SERVICES,
    SERVICE_MENTAL_HEALTH_SERVICES,
    SERVICE_MONEY_SERVICES,
    SERVICE_OTHER,
    SERVICE_PARENTING_SUPPORT,
    SERVICE_PHYSICAL_HEALTH_SERVICES,
    SERVICE_QUALIFICATIONS_SUPPORT,
    SERVICE_SKILLS_SUPPORT,
    SERVICE_SUBSTANCE_ABUSE_SUPPORT,
    SERVICE_WELFARE_DEBT_ADVICE,
    SERVICE_COUNT
};

enum {
    ENGAGEMENT_ENGAGED,
    ENGAGEMENT_REFERRED,
    ENGAGEMENT_CLIENT_IN_CONTACT,
    ENGAGEMENT_NOT_ENGAGED,
    ENGAGEMENT_COUNT
};

enum {
    QUALITY_SUPERB,
    QUALITY_EFFECTIVE,
    QUALITY_AVERAGE,
    QUALITY_POOR,
    QUALITY_VERY_POOR,
    QUALITY_COUNT
};

enum {
    REFERRAL_ATTACHED,
    REFERRAL_AWAITING_FIRST_APPOINTMENT,
    REFERRAL_NOT_ATTACHED,
    REFERRAL_COUNT
};

enum {
    REGION_MANCHESTER,
    REGION_SALFORD,
    REGION_TRAFFORD,
    REGION_GREATER_MANCHESTER,
    REGION_COUNT
};

enum {
    INDICATOR_REFERRAL_PROFILE,
    INDICATOR_WORK_PROGRAMME_EXITS,
    INDICATOR_JOB_STARTS_CLAIMED,
    INDICATOR_JOB_STARTS_PROFILE,
    INDICATOR_COUNT
};

/** The GP practice stands first; it also gives mental and physical health services. */
enum {
    ORGANISATION_GP,
    ORGANISATION_PRIVATE_LANDLORD = 33,
    ORGANISATION_JUSTICE_AGENCY = 88,
    ORGANISATION_COUNT = 109
};

/** How many organisations give a service as their own, and the first of them. */
int organisations_of(int service, int *first);

struct code {
    const char *label;
    const char *odd; /* other spellings, separated by `|` */
};

struct code_list {
    int id;
    int odd_share; /* per thousand cells */
    int n;
    const struct code *codes;
};

enum {
    LIST_AREA,
    LIST_YESNO,
    LIST_SEX,
    LIST_ETHNICITY,
    LIST_CONDITION_TYPE,
    LIST_CONDITION,
    LIST_WHEN,
    LIST_REVIEW_STATUS,
    LIST_SERVICE_TYPE,
    LIST_ENGAGEMENT,
    LIST_QUALITY,
    LIST_REFERRAL_STATUS,
    LIST_REGION,
    LIST_INDICATOR,
    LIST_ORGANISATION,
    LIST_COUNT
};

extern const struct code_list list_area;
extern const struct code_list list_yesno;
extern const struct code_list list_sex;
extern const struct code_list list_ethnicity;
extern const struct code_list list_condition_type;
extern const struct code_list list_condition;
extern const struct code_list list_when;
extern const struct code_list list_review_status;
extern const struct code_list list_service_type;
extern const struct code_list list_engagement;
extern const struct code_list list_quality;
extern const struct code_list list_referral_status;
extern const struct code_list list_region;
extern const struct code_list list_indicator;
extern const struct code_list list_organisation;

/** The areas as the government's statisticians code them: how the second delivery writes
 * them. */
extern const char *const area_statistics_code[3];

#endif
