#include "cases.h"

#include <stddef.h>

const struct fault_case file_cases[] = {
    {"repeated_keys",
     "extends: base.yaml\n"
     "exit:\n"
     "  floor: 0.1\n"
     "  size: 0.2\n"
     "  floor: 0.3\n",
     "bad.yaml:5:3: key floor is repeated; it was first given in line 3"},
    {"merge_key",
     "a: &a {b: 1}\n"
     "exit: {<<: *a}\n",
     "bad.yaml:2:8: merge keys (<<) are not read; use extends, or an alias for a whole "
     "value"},
    {"syntax",
     "exit: [1, 2\n"
     "zones: 5\n",
     "bad.yaml:2:6: not valid YAML: did not find expected ',' or ']', while parsing a "
     "flow sequence that began in line 1"},
    {"syntax_one_line", "exit: ]\n",
     "bad.yaml:1:7: not valid YAML: did not find expected node content, while parsing a "
     "block node"},
    {"tabs",
     "exit:\n"
     "\tfloor: 1\n",
     "bad.yaml:2:1: not valid YAML: found character that cannot start any token, while "
     "scanning for the next token"},
    {"recursive_alias", "exit: &a {floor: *a}\n",
     "bad.yaml:1:7: an alias stands inside the very value that it names"},
    {"two_documents",
     "exit: {floor: 1}\n"
     "---\n"
     "exit: {floor: 2}\n",
     "bad.yaml:2:1: a second document starts here; a scenario is one"},
    {"unknown_alias", "exit: *b\n", "bad.yaml:1:7: not valid YAML: found undefined alias"},
    {"key_not_a_name",
     "? [a, b]\n"
     ": 1\n",
     "bad.yaml:1:3: a key must be a name, not a list or mapping"},
    {"foreign_tag", "exit: !mine {floor: 1}\n", "bad.yaml:1:7: tags such as !mine are not read"},
    {"not_a_mapping", "[1, 2]\n", "bad.yaml:1:1: a scenario is a mapping of sections"},
    {"zero_byte", "about: {title: \"a\\0b\"}\n", "bad.yaml:1:16: text contains a zero byte"},
    {"not_utf8",
     "about:\n"
     "  title: \"caf\351\"\n",
     "bad.yaml:2:15: not text in UTF-8: invalid trailing UTF-8 octet"},
    {"extends_nothing", "extends: nowhere.yaml\n",
     "bad.yaml:1:10: cannot read nowhere.yaml: No such file or directory"},
    {"extends_itself", "extends: bad.yaml\n",
     "bad.yaml:1:10: files extend each other in a circle: bad.yaml -> bad.yaml"},
    {"extends_a_number", "extends: {a: b}\n",
     "bad.yaml:1:10: extends expects the name of a file, or a list of names"},
    {"empty", "",
     "bad.yaml:1:1: clock is missing; it must give start, end\n"
     "bad.yaml:1:1: zones is missing; it must give at least one\n"
     "bad.yaml:1:1: sectors is missing; it must give at least one\n"
     "bad.yaml:1:1: projects is missing; it must give landing_zone\n"
     "bad.yaml:1:1: rounds is missing; it must give seed, a, b and late\n"
     "bad.yaml:1:1: talent is missing; it must give stock_heads"},
    {"extends_folder", "extends: .\n", "bad.yaml:1:10: cannot read .: Is a directory"},
    {NULL, NULL, NULL},
};

const struct fault_case override_cases[] = {
    {"range", "exit.rate_per_year=3.2",
     "--set exit.rate_per_year=3.2: exit.rate_per_year = 3.2 is outside [0, 2]; default "
     "0.07"},
    {"section", "exti.rate_per_year=1",
     "--set exti.rate_per_year=1: exti is not a section; did you mean exit?"},
    {"field", "exit.rate_per_yaer=1",
     "--set exit.rate_per_yaer=1: exit.rate_per_yaer is not a field; did you mean "
     "exit.rate_per_year?"},
    {"instance", "zones.TT.shelter=1",
     "--set zones.TT.shelter=1: zones.TT is not in the scenario; did you mean zones.T?"},
    {"no_value", "exit.rate_per_year", "--set exit.rate_per_year: expected path=value"},
    {"empty", "exit.rate_per_year=",
     "--set exit.rate_per_year=: exit.rate_per_year is blank; give a number, a "
     "distribution or a dated series, or leave it out"},
    {"no_path", "=3", "--set =3: expected path=value"},
    {"syntax", "exit.rate_per_year=[1",
     "--set exit.rate_per_year=[1: not valid YAML: did not find expected ',' or ']', "
     "while parsing a flow sequence"},
    {"part", "exit.rate_per_year.x=1",
     "--set exit.rate_per_year.x=1: exit.rate_per_year has no parts, so x leads to nothing"},
    {"star_on_nothing", "shocks.*.probability=1",
     "--set shocks.*.probability=1: shocks.* is not in the scenario"},
    {"mix", "sources.university.sector_mix.ai=0.6",
     "base.yaml:21:17: sources.university.sector_mix sums to 1.05; shares must sum to 1"},
    {"effect", "levers.shelter.multiplies.exit.rate_per_yaer=0.1",
     "--set levers.shelter.multiplies.exit.rate_per_yaer=0.1: "
     "levers.shelter.multiplies.exit.rate_per_yaer leads to nothing that levers can act "
     "on; did you mean exit.rate_per_year?"},
    {"repeat", "exit={floor: 1, floor: 2}",
     "--set exit={floor: 1, floor: 2}: key floor is repeated"},
    {"month", "clock.end=2020-05",
     "--set clock.end=2020-05: clock.end = 2020-05 lies before clock.start = 2021-01"},
    {"name", "projects.landing_zone=Q9",
     "--set projects.landing_zone=Q9: projects.landing_zone = Q9 is not the name of a zone"},
    {"remove", "zones.T=null",
     "base.yaml:22:26: projects.landing_zone = T is not the name of a zone; did you mean "
     "O?\n"
     "base.yaml:28:16: incumbents.settled.zone_mix.T is not the share of a zone; did you "
     "mean O?"},
    {"part_in_many", "zones.T.shelter.x=1",
     "--set zones.T.shelter.x=1: zones.T.shelter has no parts, so x leads to nothing"},
    {NULL, NULL, NULL},
};
