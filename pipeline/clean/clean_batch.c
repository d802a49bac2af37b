// SPDX-License-Identifier: MIT
#include "pipeline/clean/clean_batch.h"

#include "pipeline/clean/clean_cells.h"
#include "pipeline/clean/clean_field.h"
#include "pipeline/clean/clean_file.h"
#include "pipeline/clean/clean_ledger.h"
#include "pipeline/clean/clean_mended.h"
#include "pipeline/clean/clean_replay.h"
#include "pipeline/clean/clean_rules.h"

#include <pthread.h>
#include <string.h>

enum { ROWS = 512, THREADS_MAX = 16, WAITING = 3 };
#define WORTH_IT 65536.0

/* What a row came to: how far it goes in what was written down, and its cells. */
struct reading {
    struct rk_csv_row row;
    bool ordinary; /* no: to be read again */
    size_t issues, replay;
};

struct batch {
    struct rk_arena *texts;
    struct reading *readings;
    struct clean_cell *cells; /* row after row */
    size_t count;
    struct rk_csv_memory issues, replay;
    bool done; /* under the mutex */
};

/* A thread reads with a source of its own. */
struct worker {
    struct clean_batches *batches;
    struct clean_source source;
    struct rk_run run;
    struct rk_csv_memory issues, replay;
    struct clean_counts *before; /* the row in hand */
    pthread_t thread;
};

struct clean_batches {
    struct clean_source *source;
    struct rk_arena *arena;
    struct batch *ring;
    size_t ring_count;
    size_t settled, given, taken; /* batches so far; `given` and `taken` under the mutex */
    struct worker workers[THREADS_MAX];
    size_t worker_count;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool ended;
};

/* ---- a thread ---- */

static void read_one(struct worker *worker, struct batch *batch, size_t at)
{
    struct clean_source *source = &worker->source;
    struct reading *reading = &batch->readings[at];
    size_t issues = worker->issues.used, replay = worker->replay.used;

    memcpy(worker->before, source->counts, source->count * sizeof *worker->before);
    source->cells = batch->cells + at * source->count;
    reading->ordinary = clean_file_ordinary(source, &reading->row);
    if (!reading->ordinary) { /* as if it had not been here */
        memcpy(source->counts, worker->before, source->count * sizeof *worker->before);
        worker->issues.used = issues;
        worker->replay.used = replay;
    }
    reading->issues = worker->issues.used;
    reading->replay = worker->replay.used;
}

/* The memory that the thread wrote into changes hands with the batch's. */
static void trade(struct rk_csv_memory *a, struct rk_csv_memory *b)
{
    struct rk_csv_memory kept = *a;

    *a = *b;
    *b = kept;
}

static void read_batch(struct worker *worker, struct batch *batch)
{
    worker->source.scratch = batch->texts;
    worker->issues.used = worker->replay.used = 0;
    for (size_t i = 0; i < batch->count; i++)
        read_one(worker, batch, i);
    trade(&worker->issues, &batch->issues);
    trade(&worker->replay, &batch->replay);
}

/* The next batch to read; NULL when there will be none. */
static struct batch *take_batch(struct clean_batches *batches)
{
    struct batch *batch = NULL;

    pthread_mutex_lock(&batches->mutex);
    while (batches->taken == batches->given && !batches->ended)
        pthread_cond_wait(&batches->changed, &batches->mutex);
    if (!batches->ended) batch = &batches->ring[batches->taken++ % batches->ring_count];
    pthread_mutex_unlock(&batches->mutex);
    return batch;
}

static void *work(void *context)
{
    struct worker *worker = context;
    struct clean_batches *batches = worker->batches;
    struct batch *batch;

    while ((batch = take_batch(batches))) {
        read_batch(worker, batch);
        pthread_mutex_lock(&batches->mutex);
        batch->done = true;
        pthread_cond_broadcast(&batches->changed);
        pthread_mutex_unlock(&batches->mutex);
    }
    return NULL;
}

/* ---- opening ---- */

/* Same columns and rules; messages are counted and not said. */
static bool open_worker(struct clean_batches *batches, struct worker *worker)
{
    const struct clean_source *source = batches->source;
    struct rk_arena *arena = batches->arena;

    worker->batches = batches;
    worker->run = *source->run;
    worker->run.arena = rk_arena_new();
    worker->run.diag = rk_diag_new(NULL);
    worker->source = *source;
    worker->source.run = &worker->run;
    worker->source.ledger = clean_ledger_aside(arena, &worker->issues);
    worker->source.replay = clean_replay_aside(arena, &worker->replay);
    worker->source.scratch = worker->run.arena;
    worker->before = RK_ARRAY(arena, struct clean_counts, source->count + 1);
    clean_field_all(&worker->source);
    return clean_rules_init(&worker->source) == RK_OK &&
           pthread_create(&worker->thread, NULL, work, worker) == 0;
}

static void close_worker(struct worker *worker)
{
    rk_csv_memory_free(&worker->issues);
    rk_csv_memory_free(&worker->replay);
    rk_diag_free(worker->run.diag);
    rk_arena_free(worker->run.arena);
}

static void open_ring(struct clean_batches *batches)
{
    batches->ring_count = WAITING + 2 * batches->worker_count;
    batches->ring = RK_ARRAY(batches->arena, struct batch, batches->ring_count);
    for (size_t i = 0; i < batches->ring_count; i++) {
        struct batch *batch = &batches->ring[i];

        batch->texts = rk_arena_new();
        batch->readings = RK_ARRAY(batches->arena, struct reading, ROWS);
        batch->cells = RK_ARRAY(batches->arena, struct clean_cell,
                                ROWS * batches->source->count + 1);
    }
}

struct clean_batches *clean_batches_open(struct clean_source *source, double bytes)
{
    long threads = source->run->threads - 1;
    struct rk_arena *arena;
    struct clean_batches *batches;

    if (threads < 1 || bytes < WORTH_IT || clean_mended_any(source) ||
        clean_cells_any(source))
        return NULL;
    arena = rk_arena_new();
    batches = RK_NEW(arena, struct clean_batches);
    batches->source = source;
    batches->arena = arena;
    pthread_mutex_init(&batches->mutex, NULL);
    pthread_cond_init(&batches->changed, NULL);
    while (batches->worker_count < (size_t)threads && batches->worker_count < THREADS_MAX) {
        struct worker *worker = &batches->workers[batches->worker_count];

        if (!open_worker(batches, worker)) {
            close_worker(worker);
            break;
        }
        batches->worker_count++;
    }
    open_ring(batches);
    if (batches->worker_count) return batches;
    clean_batches_close(batches);
    return NULL;
}

void clean_batches_header(struct clean_batches *batches)
{
    const struct clean_source *source = batches->source;

    for (size_t i = 0; i < batches->worker_count; i++) {
        struct clean_source *own = &batches->workers[i].source;

        own->path = source->path;
        own->name = source->name;
        own->typed = source->typed;
        own->width = source->width;
        for (size_t c = 0; c < source->count; c++) {
            own->columns[c].cell = source->columns[c].cell;
            own->columns[c].heading = source->columns[c].heading;
            own->columns[c].order = source->columns[c].order;
        }
        clean_field_forget(own);
    }
}

/* ---- putting in place ---- */

static rk_status settle_batch(struct clean_batches *batches, struct batch *batch)
{
    struct clean_source *source = batches->source;
    struct clean_cell *cells = source->cells;
    size_t issues = 0, replay = 0;
    rk_status status = RK_OK;

    for (size_t i = 0; status == RK_OK && i < batch->count; i++) {
        const struct reading *reading = &batch->readings[i];

        rk_arena_reset(source->scratch);
        clean_ledger_put(source->ledger, batch->issues.text + issues,
                         reading->issues - issues);
        clean_replay_put(source->replay, batch->replay.text + replay,
                         reading->replay - replay);
        issues = reading->issues;
        replay = reading->replay;
        source->cells = reading->ordinary ? batch->cells + i * source->count : cells;
        if (reading->ordinary)
            clean_file_keep(source, &reading->row);
        else
            status = clean_file_row(source, &reading->row);
    }
    source->cells = cells;
    batch->count = 0;
    rk_arena_reset(batch->texts);
    return status;
}

/* The oldest batch that was given, once it is done. */
static rk_status settle_next(struct clean_batches *batches)
{
    struct batch *batch = &batches->ring[batches->settled++ % batches->ring_count];

    pthread_mutex_lock(&batches->mutex);
    while (!batch->done)
        pthread_cond_wait(&batches->changed, &batches->mutex);
    batch->done = false;
    pthread_mutex_unlock(&batches->mutex);
    return settle_batch(batches, batch);
}

/* ---- rows ---- */

static rk_status give_batch(struct clean_batches *batches)
{
    pthread_mutex_lock(&batches->mutex);
    batches->given++;
    pthread_cond_broadcast(&batches->changed);
    pthread_mutex_unlock(&batches->mutex);
    return batches->given - batches->settled == batches->ring_count ? settle_next(batches)
                                                                   : RK_OK;
}

rk_status clean_batches_add(struct clean_batches *batches, const struct rk_csv_row *row)
{
    struct batch *batch = &batches->ring[batches->given % batches->ring_count];
    struct rk_csv_row *copy = &batch->readings[batch->count++].row;
    char *text = rk_arena_copy_n(batch->texts, row->cells[0], row->text_bytes);

    *copy = *row;
    copy->raw = rk_arena_copy_n(batch->texts, row->raw, row->raw_bytes);
    copy->cells = RK_ARRAY(batch->texts, char *, row->count);
    for (size_t i = 0; i < row->count; i++)
        copy->cells[i] = text + (row->cells[i] - row->cells[0]);
    return batch->count == ROWS ? give_batch(batches) : RK_OK;
}

rk_status clean_batches_drain(struct clean_batches *batches)
{
    if (batches->ring[batches->given % batches->ring_count].count) RK_TRY(give_batch(batches));
    while (batches->settled < batches->given)
        RK_TRY(settle_next(batches));
    return RK_OK;
}

void clean_batches_close(struct clean_batches *batches)
{
    struct rk_arena *arena = batches->arena;

    pthread_mutex_lock(&batches->mutex);
    batches->ended = true;
    pthread_cond_broadcast(&batches->changed);
    pthread_mutex_unlock(&batches->mutex);
    for (size_t i = 0; i < batches->worker_count; i++) {
        struct worker *worker = &batches->workers[i];

        pthread_join(worker->thread, NULL);
        for (size_t c = 0; c < worker->source.count; c++) {
            batches->source->counts[c].invalid += worker->source.counts[c].invalid;
            batches->source->counts[c].repaired += worker->source.counts[c].repaired;
            batches->source->counts[c].met += worker->source.counts[c].met;
        }
        close_worker(worker);
    }
    for (size_t i = 0; i < batches->ring_count; i++) {
        rk_arena_free(batches->ring[i].texts);
        rk_csv_memory_free(&batches->ring[i].issues);
        rk_csv_memory_free(&batches->ring[i].replay);
    }
    pthread_cond_destroy(&batches->changed);
    pthread_mutex_destroy(&batches->mutex);
    rk_arena_free(arena);
}
