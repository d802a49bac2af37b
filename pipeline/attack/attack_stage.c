// SPDX-License-Identifier: MIT
#include "pipeline/attack/attack_stage.h"

#include "pipeline/attack/attack_inputs.h"
#include "pipeline/attack/attack_truth.h"
#include "pipeline/base/rk_csv.h"
#include "pipeline/base/rk_out.h"
#include "pipeline/contract/ledger.h"

#include <string.h>

/** Without OUT, so that two runs give the same bytes wherever they are. */
static const char *place_in(const struct rk_run *run, const char *place)
{
    size_t bytes = strlen(run->out_dir);

    return strncmp(place, run->out_dir, bytes) == 0 && place[bytes] == '/' ? place + bytes + 1
                                                                            : place;
}

static rk_status write_findings(struct rk_run *run, const struct attack_findings *findings,
                                const bool *right, struct rk_out *out)
{
    static const char *const names[] = {"kind", "place", "cell", "low", "high", "assumed",
                                        "right", "says"};
    struct rk_csv_writer writer = {.file = rk_out_open(out, "attack.csv")};

    if (!writer.file)
        return RK_WORLD;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        rk_csv_cell(&writer, names[i]);
    rk_csv_end(&writer);
    for (size_t i = 0; i < findings->count; i++) {
        const struct attack_finding *finding = &findings->all[i];
        rk_csv_cell(&writer, attack_kind_name(finding->kind));
        rk_csv_cell(&writer, place_in(run, finding->place));
        rk_csv_cell(&writer, finding->cell);
        rk_csv_double(&writer, finding->low);
        rk_csv_double(&writer, finding->high < HUGE_VAL ? finding->high : NAN);
        rk_csv_cell(&writer, finding->assumed ? "true" : "false");
        rk_csv_cell(&writer, right[i] ? "true" : "false");
        rk_csv_cell(&writer, attack_say(run->arena, finding));
        rk_csv_end(&writer);
    }
    return rk_out_commit(out);
}

static rk_status keep(struct rk_run *run, const struct attack_findings *findings,
                      const bool *right)
{
    struct rk_out *out;
    rk_status status;

    RK_TRY(rk_out_begin(run->arena, run->diag, rk_run_path(run, "60-attack", NULL), true, &out));
    status = write_findings(run, findings, right, out);
    rk_out_abandon(out);
    return status;
}

/** What could be worked out of the earlier releases before this one is nothing new. */
static bool is_old(const struct attack_findings *old, const struct attack_finding *finding)
{
    for (size_t i = 0; i < old->count; i++)
        if (old->all[i].kind == finding->kind && old->all[i].release == finding->release &&
            strcmp(old->all[i].words, finding->words) == 0)
            return true;
    return false;
}

/** The true results of every release, this one's last. */
static rk_status read_truths(struct rk_run *run, const struct ledger *ledger,
                             struct results ***out)
{
    *out = RK_ARRAY(run->arena, struct results *, ledger->count + 1);
    for (size_t i = 0; i < ledger->count; i++) {
        struct rk_run then = *run;
        then.out_dir = ledger->entries[i].folder;
        RK_TRY(results_read(&then, "truth", &(*out)[i]));
    }
    return results_read(run, "30-results", &(*out)[ledger->count]);
}

/** Says which findings are right; the truth is read only when there is one to judge. */
static rk_status judge(struct rk_run *run, const struct attack_findings *findings,
                       const struct attack_findings *old, const struct ledger *ledger,
                       long suppress_below, bool *right, size_t *count)
{
    struct results **truths = NULL;

    *count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct attack_finding *finding = &findings->all[i];
        if (is_old(old, finding))
            continue;
        if (!truths)
            RK_TRY(read_truths(run, ledger, &truths));
        right[i] = attack_is_right(finding, truths, suppress_below);
        if (!right[i])
            continue;
        rk_diag_say(run->diag, RK_DIAG_ERROR, RK_AT(finding->place, 0, 0), "%s",
                    attack_say(run->arena, finding));
        ++*count;
    }
    return RK_OK;
}

static size_t masked_of(const struct attack_release *release)
{
    size_t count = 0;

    for (size_t i = 0; i < release->spot_count; i++)
        count += release->spots[i].masked;
    return count;
}

static rk_status take_earlier(struct attack_inputs *inputs, const struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->count; i++)
        RK_TRY(attack_take(inputs, ledger->entries[i].folder));
    return RK_OK;
}

/** What the earlier releases gave away among themselves. */
static rk_status attack_earlier(struct rk_run *run, const struct ledger *ledger,
                                struct attack_findings *findings)
{
    struct attack_inputs inputs = {.facts = attack_facts_new(run->arena, run->diag), .below = 5};

    RK_TRY(take_earlier(&inputs, ledger));
    return attack_all(&inputs, findings);
}

static rk_status attack_masked(struct rk_run *run, const struct study *study,
                               const struct ledger *ledger)
{
    struct attack_inputs inputs = {.facts = attack_facts_new(run->arena, run->diag), .below = 5};
    struct attack_findings findings = {.arena = run->arena}, old = {.arena = run->arena};
    size_t count;

    RK_TRY(attack_earlier(run, ledger, &old));
    RK_TRY(take_earlier(&inputs, ledger));
    RK_TRY(attack_take(&inputs, run->out_dir));
    RK_TRY(attack_all(&inputs, &findings));
    bool *right = RK_ARRAY(run->arena, bool, findings.count + 1);
    RK_TRY(judge(run, &findings, &old, ledger, study->suppress_below, right, &count));
    RK_TRY(keep(run, &findings, right));
    if (count)
        return rk_fail(run->diag, RK_CHECK, RK_NOWHERE,
                       "%zu small counts can be worked out from what %s is about to publish; "
                       "do not send it out",
                       count, run->out_dir);
    size_t last = inputs.release_count - 1;
    rk_run_report(run, "attack",
                  "%zu masked counts, %zu rules between what is printed, %zu texts, %zu "
                  "earlier releases: none recovered",
                  masked_of(&inputs.releases[last]), inputs.facts->rule_count,
                  inputs.text_count, last);
    return RK_OK;
}

static rk_status attack_work(struct rk_run *run)
{
    const struct attack_findings none = {.arena = run->arena};
    const struct study *study;
    struct ledger ledger;

    RK_TRY(study_open(run, &study));
    RK_TRY(ledger_open(run, study, &ledger));
    if (!run->internal)
        return attack_masked(run, study, &ledger);
    RK_TRY(keep(run, &none, NULL));
    rk_run_report(run, "attack", "not attacked: nothing is masked in an internal run");
    return RK_OK;
}

const struct rk_stage attack_stage = {
    .name = "attack",
    .summary = "tries to work out what is masked, and fails the run when it can",
    .reads = "OUT/40-release, OUT/50-charts, OUT/NAME.pdf; OUT/30-results to see if a guess is right",
    .writes = "OUT/60-attack (private)",
    .examples = "",
    .work = attack_work,
};
