#include "cli/options.h"

#include <criterion/criterion.h>
#include <string.h>

enum { MOST_WORDS = 12 };

/* Reads a command line given as words up to the first NULL. */
static bool read_call(struct call *call, const char *const words[MOST_WORDS], struct faults *faults)
{
    int count = 0;
    while (count < MOST_WORDS && words[count] != NULL)
        count++;
    return call_read(call, count, (char *const *)words, faults);
}

Test(options, a_run_with_everything)
{
    static const char *const words[MOST_WORDS] = {
        "run",   "--replicates", "250",           "x.yaml",      "--seed=18446744073709551615",
        "--set", "a.b=1",        "--set=c.d=e=f", "--precision", "0.025",
        "--out", "here"};
    struct call call;
    struct faults faults = {0};
    cr_assert(read_call(&call, words, &faults));
    cr_expect_eq(call.command, COMMAND_RUN);
    cr_expect_str_eq(call.operand, "x.yaml");
    cr_expect_eq(call.whole[OPTION_ID_REPLICATES], 250);
    cr_expect_eq(call.whole[OPTION_ID_SEED], UINT64_MAX);
    cr_expect(call.real[OPTION_ID_PRECISION] == 0.025);
    cr_expect_str_eq(call.words[OPTION_ID_OUT], "here");
    cr_assert_eq(call.override_count, 2);
    cr_expect_str_eq(call.overrides[0], "a.b=1");
    cr_expect_str_eq(call.overrides[1], "c.d=e=f");
    cr_expect(!call.given[OPTION_ID_FORCE] && !call.given[OPTION_ID_QUIET]);
    call_clear(&call);
}

Test(options, what_is_not_given_has_its_standard)
{
    static const char *const words[MOST_WORDS] = {"run", "--quiet", "--", "--odd-name.yaml"};
    struct call call;
    struct faults faults = {0};
    cr_assert(read_call(&call, words, &faults));
    cr_expect_str_eq(call.operand, "--odd-name.yaml");
    cr_expect_eq(call.whole[OPTION_ID_REPLICATES], 10000);
    cr_expect_eq(call.whole[OPTION_ID_SEED], 1);
    cr_expect_eq(call.whole[OPTION_ID_FIRMS], 0);
    cr_expect(call.real[OPTION_ID_PRECISION] == 0 && call.words[OPTION_ID_OUT] == NULL);
    cr_expect(call.given[OPTION_ID_QUIET]);
    call_clear(&call);
}

Test(options, nothing_at_all_asks_for_help)
{
    static const char *const words[MOST_WORDS] = {NULL};
    struct call call;
    struct faults faults = {0};
    cr_assert(read_call(&call, words, &faults));
    cr_expect_eq(call.command, COMMAND_HELP);
    call_clear(&call);
}

Test(options, help_needs_no_operand)
{
    static const char *const words[MOST_WORDS] = {"run", "-h"};
    struct call call;
    struct faults faults = {0};
    cr_assert(read_call(&call, words, &faults));
    cr_expect(call.given[OPTION_ID_HELP]);
    call_clear(&call);
}

Test(options, every_fault_with_the_nearest_name)
{
    static const struct {
        const char *words[MOST_WORDS], *fault;
    } cases[] = {
        {{"rnu", "x.yaml"}, "unknown command rnu; nearest: run; neobay help lists them"},
        {{"sideways"}, "unknown command sideways; neobay help lists them"},
        {{"run"}, "usage: neobay run SCENARIO; see neobay help run"},
        {{"run", "x.yaml", "y.yaml"}, "one word too many: y.yaml; usage: neobay run SCENARIO"},
        {{"params", "x"}, "one word too many: x; usage: neobay params "},
        {{"run", "x.yaml", "--replicate", "7", "--force"},
         "neobay run has no option --replicate; nearest: --replicates"},
        {{"run", "x.yaml", "--zzzzzz=3"}, "unknown option --zzzzzz"},
        {{"run", "x.yaml", "-x"}, "unknown option -x"},
        {{"check", "x.yaml", "--firms", "3"}, "neobay check has no option --firms"},
        {{"run", "x.yaml", "--replicates", "0"},
         "--replicates = 0 is outside [1, 10000000]; default 10000"},
        {{"run", "x.yaml", "--replicates", "10000001"}, "--replicates = 10000001 is outside"},
        {{"run", "x.yaml", "--replicates", "1e4"}, "--replicates = 1e4 is not a whole number"},
        {{"run", "x.yaml", "--replicates", "-5"}, "--replicates = -5 is not a whole number"},
        {{"run", "x.yaml", "--replicates="}, "--replicates =  is not a whole number"},
        {{"run", "x.yaml", "--replicates"}, "--replicates needs N"},
        {{"run", "x.yaml", "--seed", "18446744073709551616"}, "--seed = 18446744073709551616 is"},
        {{"run", "x.yaml", "--threads", "0"}, "--threads = 0 is outside [1, 1024]"},
        {{"run", "x.yaml", "--precision", "nan"}, "--precision = nan is not a number"},
        {{"run", "x.yaml", "--precision", "0.6"}, "--precision = 0.6 is outside [1e-05, 0.5]"},
        {{"run", "x.yaml", "--precision", "1%"}, "--precision = 1% is not a number"},
        {{"run", "x.yaml", "--set", "=3"}, "--set =3 is not of the form path=value"},
        {{"run", "x.yaml", "--set", "clock"}, "--set clock is not of the form path=value"},
        {{"run", "x.yaml", "--out="}, "--out needs DIR"},
        {{"run", "x.yaml", "--force=yes"}, "--force takes no value"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct call call;
        struct faults faults = {0};
        cr_expect(!read_call(&call, cases[i].words, &faults));
        cr_assert_eq(faults.count, 1, "case %zu", i);
        cr_expect_eq(faults.kind, FAULT_INPUT);
        cr_expect(strstr(faults.fault[0].message, cases[i].fault) == faults.fault[0].message,
                  "%s\nis not\n%s", faults.fault[0].message, cases[i].fault);
        faults_clear(&faults);
        call_clear(&call);
    }
}

Test(options, all_faults_of_a_line_are_told)
{
    static const char *const words[MOST_WORDS] = {
        "run", "x.yaml", "--replicates", "0", "--sede", "7", "--set", "novalue", "y.yaml"};
    struct call call;
    struct faults faults = {0};
    cr_expect(!read_call(&call, words, &faults));
    cr_expect_eq(faults.count, 4);
    faults_clear(&faults);
    call_clear(&call);
}
