// SPDX-License-Identifier: MIT
#include "pipeline/contract/condition_priv.h"

#include "pipeline/contract/pattern.h"

#include <math.h>
#include <string.h>

struct row {
    condition_get get;
    const void *row;
};

/* What an operand comes to in a row. */
struct side {
    bool there;
    double number;
    const char *text;
};

static struct side term_value(const struct operand *operand, const struct term *term,
                              const struct row *row)
{
    struct value value;
    struct side side = {true, term->number, term->text};

    if (term->slot < 0) return side;
    value = row->get(row->row, term->slot);
    side.there = value.state == VALUE_THERE;
    side.number = value.number;
    side.text = value.text;
    if (side.there && operand->type == COLUMN_CODE)
        side.text = operand->codes->codes[(size_t)value.number];
    return side;
}

static struct side operand_value(const struct operand *operand, const struct row *row)
{
    struct side sum = term_value(operand, &operand->terms[0], row);

    sum.number *= operand->terms[0].sign;
    for (size_t i = 1; i < operand->count; i++) {
        struct side side = term_value(operand, &operand->terms[i], row);

        sum.there = sum.there && side.there;
        sum.number += operand->terms[i].sign * side.number;
    }
    return sum;
}

/* Sums of decimals are equal when they are so to nine digits: 0.1 + 0.2 is 0.3. */
static int number_order(double left, double right)
{
    double size = fabs(left) > fabs(right) ? fabs(left) : fabs(right);

    if (left == right || fabs(left - right) <= 1e-9 * (size > 1 ? size : 1)) return 0;
    return left < right ? -1 : 1;
}

static int side_order(const struct operand *operand, const struct side *left,
                      const struct side *right)
{
    bool as_text = operand->type == COLUMN_TEXT ||
                   (operand->type == COLUMN_CODE && operand->codes->open);

    return as_text ? strcmp(left->text, right->text)
                   : number_order(left->number, right->number);
}

static bool compare(const struct condition *condition, const struct row *row)
{
    struct side left = operand_value(&condition->operand, row);
    struct side right = operand_value(&condition->values[0], row);
    int order;

    if (!left.there || !right.there) return false;
    order = side_order(&condition->operand, &left, &right);
    switch (condition->op) {
    case OP_IS:
        return order == 0;
    case OP_IS_NOT:
        return order != 0;
    case OP_LESS:
        return order < 0;
    case OP_AT_MOST:
        return order <= 0;
    case OP_MORE:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool one_of(const struct condition *condition, const struct row *row)
{
    struct side left = operand_value(&condition->operand, row);

    if (!left.there) return false;
    for (size_t i = 0; i < condition->value_count; i++) {
        struct side right = operand_value(&condition->values[i], row);

        if (right.there && side_order(&condition->operand, &left, &right) == 0)
            return !condition->negated;
    }
    return condition->negated;
}

static bool text_test(const struct condition *condition, const struct row *row)
{
    struct side left = operand_value(&condition->operand, row);
    const char *part;

    if (!left.there) return false;
    if (condition->kind == CONDITION_MATCHES)
        return pattern_matches(condition->pattern, left.text);
    part = condition->values[0].terms[0].text;
    return condition->kind == CONDITION_BEGINS ? strncmp(left.text, part, strlen(part)) == 0
                                               : strstr(left.text, part) != NULL;
}

static bool holds(const struct condition *condition, const struct row *row)
{
    switch (condition->kind) {
    case CONDITION_AND:
        return holds(condition->left, row) && holds(condition->right, row);
    case CONDITION_OR:
        return holds(condition->left, row) || holds(condition->right, row);
    case CONDITION_NOT:
        return !holds(condition->left, row);
    case CONDITION_STATE:
        return (row->get(row->row, condition->operand.terms[0].slot).state ==
                condition->state) != condition->negated;
    case CONDITION_COMPARE:
        return compare(condition, row);
    case CONDITION_IN:
        return one_of(condition, row);
    default:
        return text_test(condition, row);
    }
}

bool condition_holds(const struct condition *condition, condition_get get, const void *row)
{
    struct row asked = {get, row};

    return !condition || holds(condition, &asked);
}
