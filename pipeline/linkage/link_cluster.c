// SPDX-License-Identifier: MIT
#include "pipeline/linkage/link_cluster.h"

#include <stdlib.h>
#include <string.h>

/* Bits below even odds at which other pairs speak against a bridge. */
static const double against = -6;

/* ---- groups ---- */

static uint32_t top(uint32_t *up, uint32_t row)
{
    while (up[row] != row)
        row = up[row] = up[up[row]];
    return row;
}

static void close_pairs(uint32_t *up, size_t rows, const struct link_pairs *pairs)
{
    for (uint32_t row = 0; row < rows; row++)
        up[row] = row;
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t a, b;

        if (pairs->pairs[i].verdict != LINK_SAME) continue;
        a = top(up, pairs->pairs[i].a);
        b = top(up, pairs->pairs[i].b);
        up[a < b ? b : a] = a < b ? a : b;
    }
    for (uint32_t row = 0; row < rows; row++)
        up[row] = top(up, row);
}

/* ---- a group in hand: its rows and the joined pairs between them ---- */

struct edge {
    struct link_pair *pair;
    size_t a, b; /* positions among the rows */
};

struct cluster {
    const struct link_table *table;
    const struct link_model *model;
    uint32_t rows[LINK_CLUSTER_MAX];
    size_t count;
    struct edge *edges;
    size_t edge_count;
    double odds[LINK_CLUSTER_MAX][LINK_CLUSTER_MAX]; /* log2, of every pair */
};

static size_t place_of(const struct cluster *cluster, uint32_t row)
{
    size_t low = 0, high = cluster->count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (cluster->rows[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void compare_all(struct cluster *cluster)
{
    for (size_t i = 0; i < cluster->count; i++)
        for (size_t j = i + 1; j < cluster->count; j++) {
            uint32_t a = cluster->rows[i], b = cluster->rows[j];
            link_pattern pattern = link_compare(cluster->table, a, b);

            cluster->odds[i][j] = cluster->odds[j][i] =
                link_model_weight(cluster->model, cluster->table, pattern, a) +
                cluster->model->prior[LINK_PERSON];
        }
}

/* Rows that hang together with the first of `edge` when it is not there. */
static size_t near_side(const struct cluster *cluster, const struct edge *without, bool *side)
{
    size_t found = 1, before = 0;

    memset(side, 0, cluster->count * sizeof *side);
    side[without->a] = true;
    while (found != before) {
        before = found;
        for (size_t i = 0; i < cluster->edge_count; i++) {
            const struct edge *edge = &cluster->edges[i];

            if (edge == without || edge->pair->verdict != LINK_SAME ||
                side[edge->a] == side[edge->b])
                continue;
            side[edge->a] = side[edge->b] = true;
            found++;
        }
    }
    return found;
}

/* What the other pairs across a bridge say on average; 0 when the edge is no bridge. */
static double say_of_others(const struct cluster *cluster, const struct edge *edge)
{
    bool side[LINK_CLUSTER_MAX];
    double sum = 0;
    long pairs = 0;

    near_side(cluster, edge, side);
    if (side[edge->b]) return 0;
    for (size_t i = 0; i < cluster->count; i++)
        for (size_t j = 0; j < cluster->count; j++) {
            if (!side[i] || side[j] || (i == edge->a && j == edge->b)) continue;
            sum += cluster->odds[i][j];
            pairs++;
        }
    return pairs ? sum / (double)pairs : 0;
}

static bool take_back_worst(struct cluster *cluster)
{
    struct edge *worst = NULL;
    double least = against;

    for (size_t i = 0; i < cluster->edge_count; i++) {
        struct edge *edge = &cluster->edges[i];
        double say = edge->pair->verdict == LINK_SAME && edge->pair->why != LINK_BY_PERSON
                         ? say_of_others(cluster, edge)
                         : 0;

        if (say < least) {
            least = say;
            worst = edge;
        }
    }
    if (!worst) return false;
    worst->pair->verdict = LINK_UNSURE;
    worst->pair->why = LINK_BRIDGE;
    return true;
}

/* ---- what a person keeps apart ---- */

/* The weakest pair on the shortest way from one row to another that nobody decided; NULL
 * when there is no way, or only pairs that a person joined. */
static struct edge *weakest_between(struct cluster *cluster, size_t from, size_t to)
{
    struct edge *last[LINK_CLUSTER_MAX] = {NULL}, *weakest = NULL;
    size_t queue[LINK_CLUSTER_MAX], head = 0, tail = 0, at = to;
    bool seen[LINK_CLUSTER_MAX] = {false};

    queue[tail++] = from;
    seen[from] = true;
    for (; head < tail && !seen[to]; head++)
        for (size_t i = 0; i < cluster->edge_count; i++) {
            struct edge *edge = &cluster->edges[i];
            size_t next = edge->a == queue[head] ? edge->b : edge->a;

            if (edge->pair->verdict != LINK_SAME || seen[next] ||
                (edge->a != queue[head] && edge->b != queue[head]))
                continue;
            seen[next] = true;
            last[next] = edge;
            queue[tail++] = next;
        }
    for (; seen[to] && at != from; at = last[at]->a == at ? last[at]->b : last[at]->a)
        if (last[at]->pair->why != LINK_BY_PERSON &&
            (!weakest || last[at]->pair->weight < weakest->pair->weight))
            weakest = last[at];
    return weakest;
}

static size_t keep_apart(struct cluster *cluster, const struct link_pairs *pairs)
{
    size_t taken = 0;

    for (size_t i = 0; i < pairs->count; i++) {
        const struct link_pair *pair = &pairs->pairs[i];
        size_t a = place_of(cluster, pair->a), b = place_of(cluster, pair->b);
        struct edge *edge;

        if (pair->verdict != LINK_DIFFERENT || pair->why != LINK_BY_PERSON ||
            cluster->rows[a] != pair->a || cluster->rows[b] != pair->b)
            continue;
        while ((edge = weakest_between(cluster, a, b))) {
            edge->pair->verdict = LINK_UNSURE;
            edge->pair->why = LINK_APART;
            taken++;
        }
    }
    return taken;
}

/* ---- all groups ---- */

struct member {
    uint32_t group, row;
};

static int by_group(const void *a, const void *b)
{
    const struct member *left = a;
    const struct member *right = b;

    if (left->group != right->group) return left->group < right->group ? -1 : 1;
    return (left->row > right->row) - (left->row < right->row);
}

struct joined {
    uint32_t group;
    struct link_pair *pair;
};

static int by_joined(const void *a, const void *b)
{
    const struct joined *left = a;
    const struct joined *right = b;

    if (left->group != right->group) return left->group < right->group ? -1 : 1;
    return (left->pair > right->pair) - (left->pair < right->pair);
}

/* Answers are few, so that each group may look through them all. */
static void look_into(struct cluster *cluster, struct rk_arena *scratch,
                      const struct joined *joined, size_t count,
                      const struct link_pairs *apart, struct link_clusters *out)
{
    cluster->edges = RK_ARRAY(scratch, struct edge, count + 1);
    cluster->edge_count = count;
    for (size_t i = 0; i < count; i++)
        cluster->edges[i] = (struct edge){joined[i].pair, place_of(cluster, joined[i].pair->a),
                                          place_of(cluster, joined[i].pair->b)};
    compare_all(cluster);
    while (take_back_worst(cluster))
        out->bridges++;
    out->apart += keep_apart(cluster, apart);
}

/* The pairs that a person keeps apart. */
static struct link_pairs find_apart(struct rk_arena *scratch, const struct link_pairs *pairs)
{
    struct link_pairs apart = {0};
    size_t cap = 0;

    for (size_t i = 0; i < pairs->count; i++) {
        const struct link_pair *pair = &pairs->pairs[i];

        if (pair->verdict != LINK_DIFFERENT || pair->why != LINK_BY_PERSON) continue;
        RK_ROOM(scratch, apart.pairs, apart.count, cap);
        apart.pairs[apart.count++] = *pair;
    }
    return apart;
}

static void look_into_all(struct rk_arena *scratch, struct link_pairs *pairs,
                          const struct link_table *table, const struct link_model *model,
                          struct link_clusters *out)
{
    const uint32_t *group = out->group;
    struct link_pairs apart = find_apart(scratch, pairs);
    struct member *members = RK_ARRAY(scratch, struct member, 2 * pairs->count + 1);
    struct joined *joined = RK_ARRAY(scratch, struct joined, pairs->count + 1);
    struct cluster *cluster = RK_NEW(scratch, struct cluster);
    struct rk_arena *each = rk_arena_new();
    size_t member_count = 0, joined_count = 0, edge = 0;

    cluster->table = table;
    cluster->model = model;
    for (size_t i = 0; i < pairs->count; i++) {
        struct link_pair *pair = &pairs->pairs[i];

        if (pair->verdict != LINK_SAME) continue;
        joined[joined_count++] = (struct joined){group[pair->a], pair};
        members[member_count++] = (struct member){group[pair->a], pair->a};
        members[member_count++] = (struct member){group[pair->b], pair->b};
    }
    qsort(members, member_count, sizeof *members, by_group);
    qsort(joined, joined_count, sizeof *joined, by_joined);
    for (size_t at = 0; at < member_count;) {
        uint32_t here = members[at].group;
        size_t first_edge = edge, rows = 0;

        for (; at < member_count && members[at].group == here; at++) {
            if (rows && members[at].row == members[at - 1].row) continue;
            if (rows < LINK_CLUSTER_MAX) cluster->rows[rows] = members[at].row;
            rows++;
        }
        while (edge < joined_count && joined[edge].group == here)
            edge++;
        cluster->count = rows;
        if (rows > 2 && rows <= LINK_CLUSTER_MAX)
            look_into(cluster, each, joined + first_edge, edge - first_edge, &apart, out);
        rk_arena_reset(each);
    }
    rk_arena_free(each);
}

static void measure(struct link_clusters *out, struct rk_arena *scratch, size_t rows)
{
    uint32_t *sizes = RK_ARRAY(scratch, uint32_t, rows + 1);

    out->joined = out->largest = 0;
    for (size_t row = 0; row < rows; row++) {
        out->joined += out->group[row] != row;
        if (++sizes[out->group[row]] > out->largest) out->largest = sizes[out->group[row]];
    }
}

void link_clusters_make(struct link_clusters *out, struct rk_arena *arena,
                        struct link_pairs *pairs, const struct link_table *table,
                        const struct link_model *model)
{
    struct rk_arena *scratch = rk_arena_new();

    *out = (struct link_clusters){.group = RK_ARRAY(arena, uint32_t, table->rows + 1)};
    close_pairs(out->group, table->rows, pairs);
    look_into_all(scratch, pairs, table, model, out);
    if (out->bridges + out->apart) close_pairs(out->group, table->rows, pairs);
    measure(out, scratch, table->rows);
    rk_arena_free(scratch);
}
