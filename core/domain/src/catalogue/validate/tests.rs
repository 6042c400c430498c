use super::*;
use crate::catalogue::fixture;
use serde_json::{Value, json};

fn defects(catalogue: &Value) -> Vec<String> {
    let catalogue: Catalogue = serde_json::from_value(catalogue.clone()).unwrap();
    validate(&catalogue).into_iter().map(|defect| format!("{} {}", defect.path, <&str>::from(defect.kind))).collect()
}

/// The place of a facility and of an item in the file, as a JSON pointer.
fn pointer(id: &str) -> String {
    let file: Value = serde_json::from_str(fixture::TEXT).unwrap();
    for (s, system) in file["systems"].as_array().unwrap().iter().enumerate() {
        for (c, category) in system["categories"].as_array().unwrap().iter().enumerate() {
            for (f, facility) in category["facilities"].as_array().unwrap().iter().enumerate() {
                let path = format!("/systems/{s}/categories/{c}/facilities/{f}");
                if facility["code"] == id {
                    return path;
                }
                if let Some(i) = facility["items"].as_array().unwrap().iter().position(|item| item["id"] == id) {
                    return format!("{path}/items/{i}");
                }
            }
        }
    }
    panic!("no {id}")
}

/// The defects after the value at `within` of `id` (a facility, an item, or nothing for the file) was replaced.
fn broken(id: &str, within: &str, by: Value) -> Vec<String> {
    let mut file: Value = serde_json::from_str(fixture::TEXT).unwrap();
    let at = if id.is_empty() { within.to_owned() } else { format!("{}{within}", pointer(id)) };
    match file.pointer_mut(&at) {
        Some(place) => *place = by,
        None => {
            let (parent, key) = at.rsplit_once('/').unwrap();
            file.pointer_mut(parent).unwrap()[key] = by;
        }
    }
    defects(&file)
}

#[test]
fn the_shipped_catalogue_keeps_every_promise_of_its_format() {
    assert_eq!(validate(fixture::catalogue()), []);
}

#[test]
fn each_defect_is_reported_with_its_path() {
    let number = "fas-area-mcp.c";
    let cases: Vec<(&str, &str, Value, &str)> = vec![
        ("", "/title_en", json!(" "), "catalogue.title_en empty"),
        ("", "/version", json!(0), "version empty"),
        ("", "/verdicts/0/en", json!(""), "verdicts[conform].en empty"),
        ("", "/verdicts/0/code", json!("untestable"), "verdicts[conform] verdict_unnamed"),
        ("", "/units/s/en_plural", json!(""), "units[s].en_plural empty"),
        ("", "/systems/1/code", json!("power"), "systems[power] repeated"),
        ("", "/systems/0/usage", json!([]), "systems[power].usage empty"),
        ("", "/systems/0/code", json!("Power"), "systems[Power].code malformed_code"),
        ("power-panel", "/unit", json!("furlong"), "facilities[power-panel].unit unknown_unit"),
        ("power-panel", "/natures", json!(["year"]), "facilities[power-panel].natures natures_differ"),
        ("power-panel.b", "/id", json!("power-panel.a"), "items[power-panel.a] repeated"),
        ("power-panel.b", "/code", json!("a"), "facilities[power-panel].items[a] repeated"),
        ("power-panel.b", "/name_en", json!(""), "items[power-panel.b].name_en empty"),
        ("power-panel.b", "/criteria", json!(""), "items[power-panel.b].criteria empty"),
        ("power-panel.b", "/frequency", json!(["month", "year"]), "items[power-panel.b].frequency not_cumulative"),
        ("power-panel.b", "/to_be_checked", json!(true), "items[power-panel.b].to_be_checked confidence_differs"),
        (number, "/record/kind", json!("multi"), "items[fas-area-mcp.c].kind kind_differs"),
        (number, "/record/decides", json!("person"), "items[fas-area-mcp.c].decides decides_differs"),
        (number, "/record/fields/0/key", json!("m"), "items[fas-area-mcp.c].fields[m] lone_key"),
        (number, "/record/fields/0/unit", json!("ell"), "items[fas-area-mcp.c].fields[value].unit unknown_unit"),
        (
            number,
            "/record/fields/0/decimals",
            json!(7),
            "items[fas-area-mcp.c].fields[value].decimals too_many_decimals",
        ),
        (
            "spk-wet-head.b",
            "/record/fields/0/decimals",
            json!(1),
            "items[spk-wet-head.b].fields[spare].decimals count_with_places",
        ),
        (number, "/record/fields/0/min", json!(30.5), "items[fas-area-mcp.c].fields[value] limit_reversed"),
        (number, "/record/fields/0/max", json!(30.005), "items[fas-area-mcp.c].fields[value].max limit_too_fine"),
        (number, "/record/fields/0/min", json!(-1), "items[fas-area-mcp.c].fields[value].min limit_negative"),
        ("", "/version", json!(3), "version form_unknown"),
        ("", "/default_templates/zh/limit/duty", Value::Null, "items[ws-pump.e].fields[shutoff] open_range"),
        ("", "/default_templates/en/limit/duty", Value::Null, "default_templates one_language_only"),
        (
            "",
            "/default_templates/zh/untestable",
            json!("{what}{verdict}"),
            "default_templates.zh.untestable{what} unknown_placeholder",
        ),
        ("", "/untestable_reasons/1/code", json!("not-designed"), "untestable_reasons[not-designed] repeated"),
        ("", "/defects/0/en", json!(""), "defects[fitting-damaged].en empty"),
        ("power-panel", "/parts/0/code", json!("Body"), "facilities[power-panel].parts[Body] malformed_code"),
        ("fo-generator.b", "/every/unit", json!("day"), "items[fo-generator.b].every every_differs"),
        ("fas-area-mcp.c", "/usage", json!([]), "items[fas-area-mcp.c].usage empty"),
        ("hi-test.a", "/measured_at", json!("nothing.a"), "items[hi-test.a].measured_at[nothing.a] unknown_item"),
        ("el-sb-nc-lamp.d", "/record/extends/0/by", json!("value"), "items[el-sb-nc-lamp.d].extends[value] same_field"),
        (
            "ext-powder.b",
            "/record/fields/0/told/no/en",
            json!(""),
            "items[ext-powder.b].fields[serviced].told.no.en empty",
        ),
        (
            "power-panel.a",
            "/record/fields/0/options",
            json!([]),
            "items[power-panel.a].fields[value].options too_few_options",
        ),
        (
            "power-panel.a",
            "/record/fields/0/options/1/value",
            json!("transfers"),
            "items[power-panel.a].fields[value].options[transfers] repeated",
        ),
        (
            "power-panel.a",
            "/record/fields/0/options/0/label_en",
            json!(""),
            "items[power-panel.a].fields[value].options[transfers].label_en empty",
        ),
        ("power-panel.a", "/record/fields/0/label_zh", json!(""), "items[power-panel.a].fields[value].label_zh empty"),
        (
            "power-panel.b",
            "/record/fields/1/key",
            json!("standby_start"),
            "items[power-panel.b].fields[standby_start] repeated",
        ),
        (
            "power-panel.b",
            "/record/fields/1/only_in",
            json!(["x"]),
            "items[power-panel.b].fields[can_supply].only_in[x] unknown_variant",
        ),
        (
            "fas-central-room.c",
            "/record/variants/1/key",
            json!("shared"),
            "items[fas-central-room.c].variants[shared] repeated",
        ),
        (
            "fas-central-room.c",
            "/record/variants/1/limits",
            json!({}),
            "items[fas-central-room.c].variants[dedicated].limits limits_differ",
        ),
        (
            "fas-central-room.c",
            "/record/variants/1/limits/none",
            json!({"max": 1}),
            "items[fas-central-room.c].variants[dedicated].limits[none] unknown_field",
        ),
        (
            "fas-central-room.c",
            "/record/fields/0/max",
            json!(9),
            "items[fas-central-room.c].variants[shared].limits[value] limit_twice",
        ),
        (
            "power-genset.a",
            "/record/variants/0/limits/mode",
            json!({"max": 1}),
            "items[power-genset.a].variants[auto].limits[mode] not_a_number",
        ),
        ("power-genset.a", "/record/variants/0/select", Value::Null, "items[power-genset.a].variants select_mixed"),
        (
            "power-genset.a",
            "/record/variants/0/select/equals",
            json!("manual"),
            "items[power-genset.a].variants.select[mode] select_ambiguous",
        ),
        (
            "power-genset.a",
            "/record/fields/0/required",
            json!(false),
            "items[power-genset.a].variants.select[mode] select_optional",
        ),
        (
            "ext-powder.b",
            "/record/variants/0/limits/since_service/max",
            json!(2),
            "items[ext-powder.b].variants[first].limits[since_service] limit_unasked",
        ),
        ("power-eps.b", "/record/rules/0/of", json!("none"), "items[power-eps.b].rules[0][none] unknown_field"),
        ("power-eps.b", "/record/rules/0/minus", json!("value"), "items[power-eps.b].rules[0] same_field"),
        ("power-eps.b", "/record/fields/1/unit", json!("h"), "items[power-eps.b].rules[0] units_differ"),
        (
            "pa-speaker.a",
            "/record/rules/0/when/field",
            json!("quality"),
            "items[pa-speaker.a].rules[0][quality] not_a_number",
        ),
        ("fas-area-fcu.a", "/record/rules/0/of", json!(["normal"]), "items[fas-area-fcu.a].rules[0].of too_few_terms"),
        (
            "power-genset.a",
            "/record/template/en",
            json!("{mode} {elapsed} {x} {verdict}."),
            "items[power-genset.a].template.en{x} unknown_placeholder",
        ),
        (
            "power-genset.a",
            "/record/template/en",
            json!("{mode} {verdict}."),
            "items[power-genset.a].template.en{elapsed} field_untold",
        ),
        (
            "power-genset.a",
            "/record/template/zh",
            json!("{verdict}{mode}{elapsed}"),
            "items[power-genset.a].template.zh verdict_not_last",
        ),
        (
            "power-genset.a",
            "/record/template/zh",
            json!("}{mode}{elapsed}{verdict}"),
            "items[power-genset.a].template.zh broken_template",
        ),
        (
            "",
            "/default_templates/en/multi",
            json!("{fields}{what}{verdict}"),
            "default_templates.en.multi{what} unknown_placeholder",
        ),
        ("", "/default_templates/en/join", json!(" "), "default_templates.en.join empty"),
        ("", "/examples/0/item", json!("nothing.a"), "examples[nothing.a] unknown_item"),
        ("", "/examples/0/cases/0/outcome", json!("person"), "examples[power-panel.a].cases[0] outcome_differs"),
    ];
    let mut reported = std::collections::HashSet::new();
    for (id, within, by, expected) in cases {
        let found = broken(id, within, by);
        assert!(found.iter().any(|defect| defect == expected), "{id}{within}: {expected} not in {found:#?}");
        reported.insert(expected.rsplit_once(' ').unwrap().1.to_owned());
    }
    let lone = {
        let mut file: Value = serde_json::from_str(fixture::TEXT).unwrap();
        let item = file.pointer_mut(&pointer("fas-central-room.c")).unwrap();
        item["record"]["variants"].as_array_mut().unwrap().pop();
        defects(&file)
    };
    assert!(lone.contains(&"items[fas-central-room.c].variants lone_variant".to_owned()), "{lone:#?}");
    reported.insert("lone_variant".to_owned());
    let silent: Vec<_> = DefectKind::VARIANTS.iter().filter(|kind| !reported.contains(<&str>::from(*kind))).collect();
    assert!(silent.is_empty(), "no case reports {silent:?}");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut file: Value = serde_json::from_str(fixture::TEXT).unwrap();
    file["title"] = json!("");
    file["systems"][0]["name"] = json!("");
    file["units"]["s"]["en"] = json!("");
    assert_eq!(defects(&file), ["catalogue.title empty", "units[s].en empty", "systems[power].name empty"]);
}
