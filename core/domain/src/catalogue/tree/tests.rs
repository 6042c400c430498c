use super::*;
use crate::catalogue::{Every, FieldKind, Rule, Span, fixture};

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[test]
fn the_whole_tree_is_read_in_the_order_of_the_file() {
    let catalogue = fixture::catalogue();
    let counts = (catalogue.systems.len(), catalogue.facilities().count(), catalogue.items().count());
    assert_eq!(counts, (32, 233, 702));
    let first: Vec<_> = catalogue.items().take(5).map(|at| at.item.id.as_str()).collect();
    assert_eq!(first, ["power-panel.a", "power-panel.b", "power-panel.c", "power-panel.d", "power-final-panel.a"]);
}

/// data refer to an item by its id.
#[test]
fn every_item_and_facility_is_found_where_it_stands() {
    let catalogue = fixture::catalogue();
    for at in catalogue.items() {
        assert_eq!(catalogue.item(&at.item.id), Some(at));
        assert_eq!(catalogue.facility(&at.facility.code).map(|found| found.facility), Some(at.facility));
    }
    assert_eq!(catalogue.item("power-panel.z"), None);
    assert_eq!(catalogue.facility("power-panel.a"), None);
}

/// a plan contains the items of its nature; a ticked facility that has none is listed apart.
#[test]
fn a_plan_contains_the_items_of_its_nature_and_names_the_facilities_without() {
    let catalogue = fixture::catalogue();
    let silent = catalogue.facilities().find(|at| !at.facility.natures.contains(&Nature::Month)).unwrap().facility;
    let ticked = [codes(&["power-genset", "nothing"]), vec![silent.code.clone(), "power-panel".to_owned()]].concat();
    let month = catalogue.items_of(Usage::Maintenance, &ticked, Nature::Month);
    let mut parents: Vec<_> = month.items.iter().map(|at| at.facility.code.as_str()).collect();
    parents.dedup();
    assert_eq!(parents, ["power-panel", "power-genset"], "in the order of the catalogue");
    assert!(month.items.iter().all(|at| at.item.frequency.contains(&Nature::Month)));
    let without: Vec<_> = month.without_items.iter().map(|at| &at.facility.code).collect();
    assert_eq!((without, month.unknown), (vec![&silent.code], codes(&["nothing"])));
    let year = catalogue.items_of(Usage::Maintenance, &ticked, Nature::Year);
    assert!(year.items.len() > month.items.len() && year.without_items.is_empty());
}

/// 59 of the facilities that maintenance ticks have no monthly item.
#[test]
fn fifty_nine_facilities_of_maintenance_have_no_monthly_item() {
    let catalogue = fixture::catalogue();
    let ticked = catalogue.facilities().filter(|at| at.system.usage.contains(&Usage::Maintenance));
    let ticked: Vec<String> = ticked.map(|at| at.facility.code.clone()).collect();
    assert_eq!(catalogue.items_of(Usage::Maintenance, &ticked, Nature::Month).without_items.len(), 59);
}

/// what belongs to acceptance is offered to no maintenance plan, and an item without a usage to its system's.
#[test]
fn r_090_items_of_acceptance_are_offered_for_inspection_only() {
    let catalogue = fixture::catalogue();
    let ticked = codes(&["fas-area-mcp"]);
    let ids = |usage| {
        let found = catalogue.items_of(usage, &ticked, Nature::Year).items;
        found.into_iter().map(|at| at.item.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(ids(Usage::Maintenance), ["fas-area-mcp.a", "fas-area-mcp.b"]);
    assert_eq!(ids(Usage::Inspection), ["fas-area-mcp.c"]);
    let earlier = fixture::earlier().items_of(Usage::Maintenance, &ticked, Nature::Year).items;
    assert_eq!(earlier.len(), 3, "an edition that names no usage offers all of its system");
}

/// an interval that no nature names falls into the nearest nature that is not longer.
#[test]
fn r_101_an_interval_of_the_code_falls_into_the_nearest_nature_that_is_not_longer() {
    let nature = |count, unit| Every { count, unit }.nature();
    assert_eq!([nature(1, Span::Day), nature(1, Span::Week), nature(1, Span::HalfMonth)], [Nature::Month; 3]);
    assert_eq!(
        [nature(2, Span::Month), nature(3, Span::Month), nature(6, Span::Month)],
        [Nature::Month, Nature::Quarter, Nature::Quarter]
    );
    assert_eq!([nature(12, Span::Month), nature(1, Span::Year), nature(5, Span::Year)], [Nature::Year; 3]);
}

/// R-090…R-092: inspection, evaluation and special sites tick one facility of their own each; maintenance the rest.
#[test]
fn each_usage_ticks_its_own_systems() {
    let catalogue = fixture::catalogue();
    let names = |usage| catalogue.systems_for(usage).map(|system| system.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names(Usage::Inspection), ["消防检测现场记录"]);
    assert_eq!(names(Usage::Assessment), ["安全评估系统"]);
    assert_eq!(names(Usage::SpecialSite), ["现场记录系统"]);
    assert_eq!(names(Usage::Maintenance).len(), 29);
    let ticked = codes(&["power-panel", "nothing"]);
    assert_eq!(catalogue.not_for(Usage::Maintenance, &ticked), ["nothing"]);
    assert_eq!(catalogue.not_for(Usage::Inspection, &ticked), ["power-panel", "nothing"]);
}

#[test]
fn limits_are_read_exactly_and_units_are_looked_up() {
    let catalogue = fixture::catalogue();
    let field = |id: &str| catalogue.item(id).unwrap().item.record.fields[0].clone();
    let FieldKind::Number(number) = field("fas-area-mcp.b").kind else { panic!("a number") };
    assert_eq!((number.limit.min, number.limit.max), ("1.3".parse().ok(), "1.5".parse().ok()));
    assert_eq!((number.unit.en.as_str(), number.unit.negative), ("m", false));
    let of_tank = catalogue.item("ws-tank.d").unwrap().item.record.variants.clone();
    let ends: Vec<_> = of_tank.iter().map(|variant| variant.limits[0].limit.min.unwrap().to_string()).collect();
    assert_eq!(ends.first().map(String::as_str), Some("0.15"));
    let rule = &catalogue.item("pa-speaker.a").unwrap().item.record.rules[0];
    let Rule::Difference(rule) = rule else { panic!("a difference") };
    assert_eq!((rule.min.to_string(), rule.when.clone().unwrap().above.to_string()), ("15".into(), "60".into()));
}

#[test]
fn keys_that_are_not_known_are_passed_over() {
    let plain: serde_json::Value = serde_json::from_str(fixture::TEXT).unwrap();
    let mut file = plain.clone();
    file["news"] = "later".into();
    file["systems"][0]["colour"] = "red".into();
    file["systems"][0]["categories"][0]["facilities"][0]["items"][0]["record"]["fields"][0]["icon"] = 1.into();
    let read = |file| serde_json::from_value::<Catalogue>(file).unwrap();
    assert!(read(file) == read(plain));
}
