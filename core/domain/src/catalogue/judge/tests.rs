use super::*;
use crate::{
    catalogue::{Language, Limit, Proposal, Told, fixture, proposed_verdict, sentence},
    verdict::Verdict,
};
use proptest::prelude::*;

fn outcome(item: &str, variant: Option<&str>, values: &[(&str, &str)]) -> Outcome {
    let values: Vec<FieldValue> = values.iter().map(|(key, value)| FieldValue::new(*key, *value)).collect();
    judge(fixture::catalogue().item(item).unwrap().item, variant, &values)
}

fn kind(item: &str, variant: Option<&str>, values: &[(&str, &str)]) -> OutcomeKind {
    outcome(item, variant, values).kind
}

fn problems(outcome: &Outcome) -> Vec<(Problem, Vec<&str>)> {
    outcome.findings.iter().map(|found| (found.problem, found.fields.iter().map(String::as_str).collect())).collect()
}

#[test]
fn every_example_of_the_catalogue_has_its_outcome() {
    let catalogue = fixture::catalogue();
    let mut cases = 0;
    for example in &catalogue.examples {
        let item = catalogue.item(&example.item).unwrap().item;
        for case in &example.cases {
            let outcome = judge(item, case.variant.as_deref(), &case.values);
            assert_eq!(outcome.kind, case.outcome, "{}: {case:?} gave {outcome:?}", item.id);
            cases += 1;
        }
    }
    assert_eq!((catalogue.examples.len(), cases), (75, 239));
}

/// a generator in automatic supplies within 30 s. R-362: 30 s only proposes, because the criterion also names
/// the manual start; above 30 s, it decides.
#[test]
fn a_generator_in_automatic_at_30_s_is_proposed_to_conform_and_at_30_1_s_does_not() {
    let at = |seconds| outcome("power-genset.a", None, &[("mode", "auto"), ("elapsed", seconds)]);
    assert_eq!(at("30").proposal(), Proposal::Proposed(Verdict::Conform));
    for seconds in ["30.1", "50", "100"] {
        assert_eq!(at(seconds).proposal(), Proposal::Decided(Verdict::Nonconform), "{seconds}");
    }
    let late = at("30.1");
    assert_eq!(problems(&late), [(Problem::OutOfLimit, vec!["elapsed"])]);
    assert_eq!(late.variant.as_deref(), Some("auto"));
    assert_eq!(late.findings[0].limit, Some(Limit { max: "30".parse().ok(), ..Limit::NONE }));
}

/// in range, a record decides only where the criterion names nothing more than its fields.
#[test]
fn a_good_record_decides_only_where_the_fields_are_the_whole_criterion() {
    let full = outcome("fas-area-mcp.c", None, &[("value", "30")]);
    assert_eq!(full.proposal(), Proposal::Decided(Verdict::Conform));
    let proposal = outcome("fas-area-mcp.b", None, &[("value", "1.4")]);
    assert_eq!(proposal.proposal(), Proposal::Proposed(Verdict::Conform));
    let person = outcome("sev-items.a", None, &[("note", "ok")]);
    assert_eq!((person.proposal(), proposed_verdict(&person)), (Proposal::Open, None));
}

/// an item with variants has no default limit, so nothing is judged before one is chosen.
#[test]
fn without_its_variant_a_record_is_incomplete() {
    let missing = outcome("fas-central-room.c", None, &[("value", "100")]);
    assert_eq!((missing.kind, problems(&missing)), (OutcomeKind::Incomplete, vec![(Problem::VariantMissing, vec![])]));
    assert_eq!(kind("fas-central-room.c", Some(""), &[("value", "100")]), OutcomeKind::Incomplete);
    let unknown = outcome("fas-central-room.c", Some("none"), &[("value", "1")]);
    assert_eq!((unknown.kind, problems(&unknown)), (OutcomeKind::Invalid, vec![(Problem::VariantUnknown, vec![])]));
    assert_eq!(kind("fas-area-mcp.c", Some("shared"), &[("value", "30")]), OutcomeKind::Invalid);
}

/// where the variant follows from a field, another choice contradicts it.
#[test]
fn a_variant_that_follows_from_a_field_cannot_be_chosen_otherwise() {
    let values = [("mode", "auto"), ("elapsed", "50")];
    assert_eq!(kind("power-genset.a", Some("auto"), &values), OutcomeKind::Nonconform);
    let other = outcome("power-genset.a", Some("manual"), &values);
    assert_eq!(other.kind, OutcomeKind::Invalid);
    assert_eq!(problems(&other)[0], (Problem::VariantContradicted, vec!["mode"]));
    let odd = outcome("power-genset.a", None, &[("mode", "neither"), ("elapsed", "50")]);
    assert_eq!(odd.kind, OutcomeKind::Invalid);
}

/// a limit by design takes the project's design value, and without one proposes nothing.
#[test]
fn without_the_design_value_a_person_judges() {
    let open = outcome("power-eps.b", None, &[("value", "90")]);
    assert_eq!(
        (open.proposal(), problems(&open)),
        (Proposal::Open, vec![(Problem::RuleOpen, vec!["value", "design"])])
    );
    assert_eq!(kind("power-eps.b", None, &[("value", "90"), ("design", " ")]), OutcomeKind::Person);
    assert_eq!(kind("power-eps.b", None, &[("value", "89.9"), ("design", "90")]), OutcomeKind::Nonconform);
}

/// outside the limit of a remark is a remark and no fault.
#[test]
fn outside_the_limit_of_a_remark_conformity_is_proposed_with_a_remark() {
    let short = outcome("hi-reel.b", None, &[("bore", "19"), ("length", "29")]);
    assert_eq!((short.kind, problems(&short)), (OutcomeKind::Remark, vec![(Problem::Remark, vec!["length"])]));
    assert_eq!(short.proposal(), Proposal::Proposed(Verdict::Conform));
    assert_eq!(kind("hi-reel.b", None, &[("bore", "18"), ("length", "29")]), OutcomeKind::Nonconform);
}

#[test]
fn the_earlier_outcome_wins_and_everything_found_is_told() {
    let all = outcome("power-genset.b", None, &[("hours", "2.95"), ("level", "abnormal")]);
    assert_eq!(all.kind, OutcomeKind::Incomplete);
    let expected = [
        (Problem::TooManyPlaces, vec!["hours"]),
        (Problem::FailingAnswer, vec!["level"]),
        (Problem::Missing, vec!["grade"]),
    ];
    assert_eq!(problems(&all), expected);
    let invalid = outcome("power-genset.b", None, &[("hours", "x"), ("level", "abnormal"), ("grade", "correct")]);
    assert_eq!(invalid.kind, OutcomeKind::Invalid);
}

#[test]
fn a_value_of_the_wrong_form_is_invalid() {
    for (value, problem) in [
        ("9.95", Problem::TooManyPlaces),
        ("10.00", Problem::TooManyPlaces),
        ("-1", Problem::Negative),
        ("-0.1", Problem::Negative),
        ("1e1", Problem::NotANumber),
        ("十", Problem::NotANumber),
        ("10 s", Problem::NotANumber),
    ] {
        let found = outcome("fas-area-fcu.f", None, &[("value", value)]);
        assert_eq!((found.kind, problems(&found)), (OutcomeKind::Invalid, vec![(problem, vec!["value"])]), "{value}");
    }
    assert_eq!(kind("fas-area-fcu.f", None, &[("value", "-0")]), OutcomeKind::ProposeConform);
    assert_eq!(kind("ws-tank.e", None, &[("value", "-3")]), OutcomeKind::Nonconform, "degrees go below zero");
    assert_eq!(kind("power-panel.a", None, &[("value", "maybe")]), OutcomeKind::Invalid);
    let serviced = [("serviced", "yes"), ("since_made", "1")];
    assert_eq!(kind("ext-powder.b", None, &serviced), OutcomeKind::Invalid);
}

#[test]
fn what_the_variant_does_not_ask_is_passed_over() {
    let values = [("serviced", "false"), ("since_made", "4.9"), ("since_service", "x")];
    assert_eq!(kind("ext-powder.b", None, &values), OutcomeKind::Conform);
    let sixty = [("value", "60"), ("fill", "10")];
    assert_eq!(kind("ns-window.a", Some("sixty-seconds"), &sixty), OutcomeKind::Conform);
    assert_eq!(kind("ns-window.a", Some("smoke-fill"), &sixty), OutcomeKind::Nonconform);
}

#[test]
fn a_value_that_nobody_asked_for_or_that_stands_twice_is_invalid() {
    let stray = outcome("fas-area-mcp.c", None, &[("value", "30"), ("extra", "1")]);
    assert_eq!((stray.kind, problems(&stray)), (OutcomeKind::Invalid, vec![(Problem::FieldUnknown, vec!["extra"])]));
    let twice = outcome("fas-area-mcp.c", None, &[("value", "30"), ("value", "31")]);
    assert_eq!((twice.kind, problems(&twice)), (OutcomeKind::Invalid, vec![(Problem::FieldRepeated, vec!["value"])]));
}

#[test]
fn a_sum_that_adds_up_judges_nothing() {
    let mut item = fixture::catalogue().item("fas-area-fcu.a").unwrap().item.clone();
    for field in &mut item.record.fields {
        let FieldKind::Number(number) = &mut field.kind else { panic!("a number") };
        number.limit = Limit::NONE;
    }
    let values = ["registered", "normal", "abnormal"].map(|key| FieldValue::new(key, "0"));
    assert_eq!(judge(&item, None, &values).kind, OutcomeKind::Person);
}

#[test]
fn points_that_do_not_add_up_are_invalid() {
    let points =
        |abnormal| outcome("fas-area-fcu.a", None, &[("registered", "120"), ("normal", "118"), ("abnormal", abnormal)]);
    assert_eq!(points("1").kind, OutcomeKind::Invalid);
    assert_eq!(problems(&points("1")).last().unwrap().0, Problem::SumMismatch);
    assert_eq!(points("2").kind, OutcomeKind::Nonconform);
}

#[test]
fn every_system_can_be_chosen_in_a_site_record() {
    let site = |system| kind("si-record.a", None, &[("system", system), ("checkable", "checkable"), ("note", "好")]);
    for system in &fixture::catalogue().systems {
        assert_eq!(site(&system.code), OutcomeKind::Person, "{}", system.code);
    }
    assert_eq!(site("no-such-system"), OutcomeKind::Invalid);
}

proptest! {
    #[test]
    fn whatever_is_entered_is_judged_and_told_without_a_panic(
        at in any::<prop::sample::Index>(),
        variant in proptest::option::of("[a-z-]{0,12}|\\PC{0,6}"),
        entered in proptest::collection::vec(("value|design|elapsed|mode|\\PC{0,8}", "\\PC{0,12}|-?[0-9]{1,12}(\\.[0-9]{1,8})?"), 0..6),
        typed in proptest::collection::vec("\\PC{0,12}|-?[0-9]{1,9}(\\.[0-9]{1,6})?|true|false", 6),
    ) {
        let catalogue = fixture::catalogue();
        let items: Vec<_> = catalogue.items().collect();
        let item = *at.get(&items);
        let own = item.item.record.fields.iter().zip(typed).map(|(field, value)| FieldValue::new(&field.key, value));
        let values: Vec<_> = own.chain(entered.iter().map(|(key, value)| FieldValue::new(key, value))).collect();
        let first = judge(item.item, variant.as_deref(), &values);
        prop_assert_eq!(&first, &judge(item.item, variant.as_deref(), &values));
        let told = Told { location: "", ordinal: 1, variant: variant.as_deref(), values: &values, verdict: Verdict::Conform, reason: None };
        for language in [Language::Chinese, Language::English] {
            prop_assert!(sentence(catalogue, item, &told, language).contains(catalogue.verdict_word(Verdict::Conform, language)));
        }
        let invalid = first.findings.iter().any(|finding| finding.problem.leads_to() == OutcomeKind::Invalid);
        prop_assert!(!invalid || matches!(first.kind, OutcomeKind::Invalid | OutcomeKind::Incomplete));
    }

    #[test]
    fn more_places_than_a_field_takes_are_invalid(whole in 0_u32..1000, places in "[0-9]{2,6}") {
        let value = format!("{whole}.{places}");
        prop_assert_eq!(kind("fas-area-fcu.f", None, &[("value", &value)]), OutcomeKind::Invalid);
    }

    #[test]
    fn below_zero_is_invalid_where_the_unit_has_nothing_below_zero(whole in 1_u32..1000) {
        let value = format!("-{whole}");
        prop_assert_eq!(kind("fas-area-fcu.f", None, &[("value", &value)]), OutcomeKind::Invalid);
        prop_assert_eq!(kind("ws-tank.e", None, &[("value", &value)]), OutcomeKind::Nonconform);
    }
}
