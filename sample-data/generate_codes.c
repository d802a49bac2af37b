// SPDX-License-Identifier: MIT
#include "sample-data/generate_codes.h"

#include <stddef.h>

#define LIST(list, id, share) \
    const struct code_list list_##list = {id, share, sizeof list / sizeof list[0], list}

/* One code a line. */
// clang-format off

static const struct code area[] = {
    {"Manchester",
     "Manchster|Manchestor|Manhcester|Machester|Manc|MCR|M/cr|Manchester City|"
     "Manchester CC|Manchester City Council|City of Manchester"},
    {"Salford",
     "Slaford|Salfrod|Saldford|Salford City|Salford CC|Salford City Council|"
     "City of Salford|SLF"},
    {"Trafford",
     "Traford|Traffod|Trafforrd|Trafford MBC|Trafford M.B.C.|Trafford Council|"
     "Trafford Borough|TRF"},
    {"Outside the three areas", "Bolton|Bury|Oldham|Rochdale|Stockport|Tameside|Wigan"},
};
LIST(area, LIST_AREA, 170);

static const struct code yesno[] = {
    {"Yes", "Y|Yess|Ye|Yes.|Yes - client|TRUE|1|Yep"},
    {"No", "N|Noo|No.|No - client|FALSE|0|Nope"},
};
LIST(yesno, LIST_YESNO, 110);

static const struct code sex[] = {
    {"Female", "F|Fem|Femal|Woman"},
    {"Male", "M|Mal|Man"},
    {"Transgender", "Trans|Trans-gender"},
};
LIST(sex, LIST_SEX, 420);

static const struct code ethnicity[] = {
    {"Bangladeshi", "Asian - Bangladeshi"},
    {"Black African", "Black - African|African"},
    {"Black British", "Black - British|Blk British"},
    {"Black Caribbean", "Black - Caribbean|Black Carribean"},
    {"Indian", "Asian - Indian"},
    {"Other Asian", "Asian - Other|Asian other"},
    {"Other ethnic group", "Other|Any other"},
    {"Other Mixed", "Mixed - Other|Mixed other"},
    {"Other White", "White - Other"},
    {"Pakistani", "Asian - Pakistani|Pakistan"},
    {"Prefer not to say", "PNTS|Would rather not say|Declined to say"},
    {"White and Asian", "White & Asian|Mixed - White and Asian"},
    {"White and Black African", "White & Black African"},
    {"White and Black Caribbean", "White & Black Caribbean|White and Black Carribean"},
    {"White British", "White - British|W British|White Brit|White Britsh|WB"},
    {"White Irish", "White - Irish|Irish"},
};
LIST(ethnicity, LIST_ETHNICITY, 90);

static const struct code condition_type[] = {
    {"Mental", "Mental health|MH|Mental Health condition|Metnal"},
    {"Physical", "Phys|Physical health|Physcial"},
    {"None reported", "None|No secondary condition|None rptd"},
    {"No response", "No Response given|No resp|NR"},
};
LIST(condition_type, LIST_CONDITION_TYPE, 110);

static const struct code condition[] = {
    {"Depression or low mood", "Depression|Depression/low mood|Depresion"},
    {"Anxiety Disorder", "Anxiety|Anxiety disorders|Anxeity"},
    {"Back problems", "Problems with back|Back|Bad back"},
    {"Epilepsy", "Epilepsey"},
    {"Osteoarthritis", "Osteo-arthritis|Osteo arthritis|OA"},
    {"Rheumatoid arthritis", "Rheumatoid|Reumatoid arthritis"},
    {"Problems with legs", "Legs|Leg problems"},
    {"Alcohol addiction", "Alcohol|Alcohol dependency"},
    {"Substance misuse", "Drug misuse|Substance mis-use"},
    {"Bi-polar Disorder", "Bipolar disorder|Bipolar|Bi polar"},
    {"Post-Traumatic Stress Disorder", "PTSD|Post traumatic stress disorder"},
    {"Learning difficulties", "Learning difficulty|LD"},
    {"Diabetes", "Diabetic|Diabetis"},
    {"Heart/blood pressure", "Heart / blood pressure|Heart|Blood pressure"},
    {"Chest/breathing problems",
     "Chest / breathing problems|Breathing problems|COPD/asthma"},
    {"Fibromyalgia", "Fibromialgia"},
    {"Problems with feet", "Feet"},
    {"Problems with arms", "Arms"},
    {"Problems with hands", "Hands"},
    {"Neck problems", "Problems with neck|Neck"},
    {"Difficulty seeing", "Difficulty in seeing|Sight"},
    {"Difficulty hearing", "Difficulty in hearing|Hearing"},
    {"Neurological", "Neurological condition|Neuro"},
    {"Blood-related disorder", "Blood related disorder"},
    {"Brain injury/trauma", "Brain injury|Head injury"},
    {"Chronic Fatigue Syndrome", "CFS|CFS/ME"},
    {"Other", "Other condition|Other - see notes"},
    {"Prefer not to say", "PNTS|Would rather not say"},
};
LIST(condition, LIST_CONDITION, 130);

static const struct code when[] = {
    {"Within 1 month", "1 month|< 1 month|Within a month|Now"},
    {"Within 2-3 months", "2-3 months|2 to 3 months|Within 2 to 3 months"},
    {"Within 4-6 months", "4-6 months|4 to 6 months"},
    {"Within 7-12 months", "7-12 months|7 to 12 months"},
    {"12 months+", "12 months +|12+ months|More than 12 months|Over a year"},
    {"Never", "Nevr|Not ever"},
    {"Don't know", "Dont know|DK|Not sure|Don’t know"},
};
LIST(when, LIST_WHEN, 110);

static const struct code review_status[] = {
    {"Completed", "Complete|Done|Compleated"},
    {"Booked", "Booked in|Planned"},
    {"Cancelled", "Canceled|Cancelled by client"},
    {"Did not attend", "DNA|FTA|Failed to attend"},
};
LIST(review_status, LIST_REVIEW_STATUS, 120);

static const struct code service_type[] = {
    {"Criminal Justice", "Crim Justice|CJS"},
    {"Domestic Abuse support", "Domestic abuse|DA support"},
    {"Employment Support", "Employment|Emp support"},
    {"Family Support", "Family"},
    {"GP", "G.P.|GP surgery|Primary care (GP)"},
    {"Housing", "Housing support|Housng"},
    {"Legal Aid", "Legal"},
    {"Local Council services", "Council services|Local council"},
    {"Mental Health Services", "Mental health|MH services"},
    {"Money Services", "Money|Money advice"},
    {"Other", "Other service|Othr"},
    {"Parenting support", "Parenting"},
    {"Physical Health Services",
     "Physical Health Services (including dentists, physiotherapy etc.)|"
     "Physical health|Physical Health Servces"},
    {"Qualifications Support", "Qualifications|Quals"},
    {"Skills Support", "Skills"},
    {"Substance abuse support", "Substance misuse|Substance abuse"},
    {"Welfare/ debt advice", "Welfare/debt advice|Welfare / debt advice|Debt advice"},
};
LIST(service_type, LIST_SERVICE_TYPE, 100);

static const struct code engagement[] = {
    {"Engaged", "Engaged with service|Eng"},
    {"Referred by key worker", "Referred by KW|KW referral"},
    {"Client already in contact", "Already in contact"},
    {"Not engaged", "Not yet engaged|No contact"},
};
LIST(engagement, LIST_ENGAGEMENT, 90);

static const struct code quality[] = {
    {"Superb", "Suberb"},
    {"Effective", "Efective"},
    {"Average", "Avg|Avarage"},
    {"Poor", ""},
    {"Very Poor", "V Poor|V. poor"},
};
LIST(quality, LIST_QUALITY, 70);

static const struct code referral_status[] = {
    {"Attached", "ATT|Attatched"},
    {"Not attached - awaiting first appointment",
     "Awaiting 1st appt|Awaiting first appointment"},
    {"Not attached - first appointment passed", "Not attached|DNA first appointment"},
};
LIST(referral_status, LIST_REFERRAL_STATUS, 80);

static const struct code region[] = {
    {"Manchester", "MCC"},
    {"Salford", "SCC"},
    {"Trafford", "TMBC"},
    {"Greater Manchester", "GM|Greater Manchester (both providers)"},
};
LIST(region, LIST_REGION, 300);

static const struct code indicator[] = {
    {"Referral profile (month)", "Referral profile"},
    {"Work Programme exits (cumulative)", "WP exits"},
    {"Job starts claimed (cumulative)", "Job starts claimed"},
    {"Job starts profile (cumulative)", "Job starts profile"},
};
LIST(indicator, LIST_INDICATOR, 100);

static const struct code organisation[] = {
    {"GP practice (not named)", "GP|G.P.|Doctor|Doctors surgery|GP surgery"},
    {"Stillwater Counselling", "Stillwater"},
    {"Community Mental Health Team (North)", "CMHT North"},
    {"Community Mental Health Team (South)", "CMHT South"},
    {"Primary Care Talking Therapies", ""},
    {"Harbour Listening Service", "Harbour Listening"},
    {"Mindful Steps", "Mindfull Steps"},
    {"Openfield Wellbeing", ""},
    {"Quiet Room Project", "The Quiet Room"},
    {"Selfhelp Circle", ""},
    {"Tidewell Therapies", ""},
    {"Brightside Peer Support", ""},
    {"Early Intervention Team", ""},
    {"Crisis Resolution Team", "Crisis Team"},
    {"Loss and Grief Support", ""},
    {"Art for Calm", ""},
    {"Veterans Listening Post", ""},
    {"Eating Disorder Clinic", ""},
    {"Hospital Outpatients", "Outpatients"},
    {"Dentist (not named)", "Dentist"},
    {"Physiotherapy Service", ""},
    {"Pain Clinic", "Pain clinc"},
    {"Diabetes Clinic", ""},
    {"Epilepsy Nurse Service", "Epilepsy nurse"},
    {"Cardiac Rehabilitation", "Cardiac rehab"},
    {"Respiratory Clinic", ""},
    {"Podiatry Service", ""},
    {"Optician (not named)", "Optician"},
    {"Hearing Clinic", ""},
    {"Community Gym Scheme", "Community Gym"},
    {"Stop Smoking Service", "Smoking cessation"},
    {"Occupational Therapy", ""},
    {"Rheumatology Clinic", ""},
    {"Private landlord", "Pvt landlord|Private landord|Landlord (private)"},
    {"Quillmere Homes", "Quillmere|Quilmere Homes"},
    {"Brackenfold Housing Association", "Brackenfold HA|Brackenfold"},
    {"Tollerby Homes", ""},
    {"Wrenscombe Housing Trust", "Wrenscombe HT"},
    {"Harnley Living", "Harnley"},
    {"Osterwick Homes", "Osterwik Homes"},
    {"Pellowfield Housing Association", ""},
    {"Cindermoor Homes", "Cinder Moor Homes"},
    {"Larkhurst Tenants Co-operative", "Larkhurst Co-op"},
    {"Stavely Croft Housing", "Stavely Croft"},
    {"Marlbeck Homes", ""},
    {"Dunnowby Housing Association", ""},
    {"Fennimore House", ""},
    {"Gantry Street Hostel", "Gantry St Hostel"},
    {"Heronsgarth Homes", "Herons Garth Homes"},
    {"Ibbotsfield Housing", ""},
    {"Jessop Quay Homes", "Jessop Quay"},
    {"Kestrelby Supported Housing", ""},
    {"Lumberley Homes", ""},
    {"Mossgrave Housing Association", "Mossgrave HA"},
    {"Nettlecombe Homes", ""},
    {"Oakenthwaite Homes", "Oakenthwait Homes"},
    {"Pinderwell Housing", ""},
    {"Quernside Homes", ""},
    {"Rushmarsh Housing Trust", ""},
    {"Saltersby Homes", "Saltersby"},
    {"Thornaby Fold Housing", ""},
    {"Ullsgate Homes", ""},
    {"Vesper Court Supported Housing", ""},
    {"Wexcombe Homes", ""},
    {"Yarrowdale Housing Association", "Yarrowdale HA"},
    {"Zennor Street Night Shelter", "Zennor St shelter"},
    {"Amberlow Homes", ""},
    {"Stepwise Works", "Step Wise Works|Stepwise"},
    {"Bridgewell Employment Support", "Bridgewell"},
    {"Calder Row Job Club", ""},
    {"Daybreak Placements", "Day Break Placements"},
    {"Embark Industries", ""},
    {"Forge Lane Job Club", "Forge Lane"},
    {"Greenloom Social Enterprise", "Greenloom"},
    {"Hopewright Careers", ""},
    {"Inroads to Work", "In-roads to Work"},
    {"Jobline Partnership", "Job Line Partnership"},
    {"Keystep Employment", "Keystep"},
    {"Ladderworks", ""},
    {"Millrace Volunteering", ""},
    {"Newthread Work Placements", ""},
    {"Onward Path", ""},
    {"Parkin Yard Workshops", ""},
    {"Ready Hands", ""},
    {"Springboard North Jobs", "Springboard Nth Jobs"},
    {"Tradewinds Training and Jobs", ""},
    {"Upturn Employment", "Up-turn Employment"},
    {"Workwell Mentors", ""},
    {"Criminal justice agency (not named)", "Criminal justice agency"},
    {"Rehabilitation and Release Service", ""},
    {"Safe Harbour Refuge", "Safe Harbor Refuge"},
    {"Family First Circle", "Family 1st Circle"},
    {"Early Help Hub", ""},
    {"Lawgate Legal Advice", "Law Gate Legal Advice"},
    {"Manchester council services", ""},
    {"Salford council services", ""},
    {"Trafford council services", ""},
    {"Pennywise Credit Union", "Penny Wise Credit Union"},
    {"Foodstore Pantry", "Food Store Pantry"},
    {"Faith Drop-in", ""},
    {"Community Allotment", ""},
    {"Parents Together", ""},
    {"Adult Learning Service", "Adult Learning"},
    {"City Road College", ""},
    {"Digital Skills Hub", ""},
    {"Clearway Recovery", "Clear Way Recovery"},
    {"Alcohol Support Team", "Alcohol team"},
    {"Advice Corner", "Advice Cnr"},
    {"Debt Helpdesk", ""},
};
LIST(organisation, LIST_ORGANISATION, 210);

// clang-format on

const char *const area_statistics_code[3] = {"E08000003", "E08000006", "E08000009"};

/* In the order of list_organisation: so many organisations give this service. */
static const struct {
    int service;
    int count;
} organisation_runs[] = {
    {SERVICE_GP,                       1 },
    {SERVICE_MENTAL_HEALTH_SERVICES,   17},
    {SERVICE_PHYSICAL_HEALTH_SERVICES, 15},
    {SERVICE_HOUSING,                  34},
    {SERVICE_EMPLOYMENT_SUPPORT,       21},
    {SERVICE_CRIMINAL_JUSTICE,         2 },
    {SERVICE_DOMESTIC_ABUSE_SUPPORT,   1 },
    {SERVICE_FAMILY_SUPPORT,           2 },
    {SERVICE_LEGAL_AID,                1 },
    {SERVICE_LOCAL_COUNCIL_SERVICES,   3 },
    {SERVICE_MONEY_SERVICES,           1 },
    {SERVICE_OTHER,                    3 },
    {SERVICE_PARENTING_SUPPORT,        1 },
    {SERVICE_QUALIFICATIONS_SUPPORT,   2 },
    {SERVICE_SKILLS_SUPPORT,           1 },
    {SERVICE_SUBSTANCE_ABUSE_SUPPORT,  2 },
    {SERVICE_WELFARE_DEBT_ADVICE,      2 },
};

int organisations_of(int service, int *first)
{
    *first = 0;
    for (size_t i = 0; i < sizeof organisation_runs / sizeof organisation_runs[0]; i++) {
        if (organisation_runs[i].service == service) return organisation_runs[i].count;
        *first += organisation_runs[i].count;
    }
    return 0;
}
