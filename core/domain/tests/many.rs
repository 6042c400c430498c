//! One answer for many instances, and what is remembered of each.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails here; clippy knows only the functions marked as tests"
)]

#[expect(dead_code, reason = "other suites use the rest")]
mod fixture;

use firebee_domain::{
    catalogue::{Catalogue, Field, FieldKind, FieldValue, Language},
    code::Code,
    evidence::PhotoRole,
    fact::Body,
    fault::FaultState,
    history::History,
    id::{FactId, ProjectId, TaskId},
    ordinals::Ordinals,
    result::{EachValue, ResultKey, ResultRecorded, Verdict},
    submission::{Manifest, Missing, missing},
    task::{Circumstances, Task, TaskError},
    time::Timestamp,
};
use fixture::{
    NO_CATALOGUE, Said, Work, described, item, key, photo, replacing, result, started, submission, uuid, with_fault,
};

const EDITION: &str = include_str!("../catalogue.json");
/// The first item of a facility that people walk by hundreds: alarms, faults, addresses, all of them picked.
const DETECTOR: &str = "fas-area-detector.a";
/// An item at each of whose instances a time is measured.
const MEASURED: &str = "fas-area-mcp.c";

fn at(ordinal: u32) -> ResultKey {
    ResultKey { item: item(1), ordinal }
}

fn edited(mut said: Said, edit: impl FnOnce(&mut ResultRecorded)) -> Said {
    match &mut said.body {
        Body::ResultRecorded(recorded) => edit(recorded),
        other => panic!("{other:?}"),
    }
    said
}

/// An answer at one instance.
fn one(n: u128, ordinal: u32, verdict: Verdict) -> Said {
    edited(result(n, 1, verdict), |recorded| recorded.ordinal = ordinal)
}

/// An answer for many that conforms.
fn many(n: u128, ordinals: impl IntoIterator<Item = u32>) -> Said {
    edited(result(n, 1, Verdict::Conform), |recorded| {
        let mut each = ordinals.into_iter();
        recorded.ordinal = each.next().unwrap();
        recorded.also = Ordinals::of(each);
    })
}

/// A photo of an instance.
fn picture_of(n: u128, ordinal: u32) -> Said {
    let mut said = photo(n, PhotoRole::Evidence, Some(1));
    if let Body::PhotoTaken(taken) = &mut said.body {
        taken.ordinal = Some(ordinal);
    }
    said
}

fn counts(task: &Task, ordinal: u32) -> Option<u128> {
    task.current_result(at(ordinal)).map(|held| held.fact.0.as_u128())
}

#[test]
fn r_361_one_fact_answers_six_hundred_instances_and_each_keeps_its_address() {
    let work =
        Work::with([started(&[1]), one(2_001, 58, Verdict::Nonconform), many(2_002, (1..=600).filter(|n| *n != 58))]);
    let task = work.task();
    assert_eq!((task.results.len(), task.current_results().count(), task.answers().count()), (2, 2, 600));
    assert_eq!(
        [1, 57, 58, 59, 600, 601].map(|n| counts(task, n)),
        [2_002, 2_002, 2_001, 2_002, 2_002, 0].map(|n| Some(n).filter(|n| *n > 0))
    );
    let for_many = task.current_result(at(7)).unwrap();
    assert_eq!(task.instances_of(for_many).told(", "), "1\u{2013}57, 59\u{2013}600");
    assert_eq!(Manifest::of(task).results, [FactId(uuid(2_001)), FactId(uuid(2_002))]);
    let size = serde_json::to_string(task).unwrap().len();
    assert!(size < 3_000, "{size} bytes for six hundred instances");
}

/// an instance's own answer goes before one for many, whichever came first.
#[test]
fn r_361_an_answer_of_its_own_goes_before_one_for_many_in_any_order() {
    let [own, rest] = [one(2_001, 58, Verdict::Nonconform), many(2_002, 1..=600)];
    for facts in [[own.clone(), rest.clone()], [rest.clone(), own.clone()]] {
        let mut work = Work::with([started(&[1])].into_iter().chain(facts));
        assert_eq!([57, 58, 59].map(|n| counts(work.task(), n)), [Some(2_002), Some(2_001), Some(2_002)]);
        let found = missing(work.task(), &NO_CATALOGUE);
        assert!(found.contains(&Missing::Photo { key: at(58) }), "{found:?}");
        assert!(!found.iter().any(|point| matches!(point, Missing::Photo { key } if key.ordinal != 58)), "{found:?}");
        for said in [picture_of(3_001, 58), photo(3_002, PhotoRole::Selfie, None), described(3_003)] {
            work.take(&said).unwrap();
        }
        let submitted = submission(4_001, work.task());
        work.take(&submitted).unwrap();
        let faults: Vec<ResultKey> = work.faults().iter().map(|fault| fault.key).collect();
        assert_eq!(faults, [at(58)], "one fault, at its instance");
    }
}

/// a nonconforming instance among six hundred is found later: its own answer names the one for many, which goes on
/// to count for the others.
#[test]
fn r_361_a_single_one_of_many_is_superseded_later() {
    let mut work = Work::with([started(&[1]), many(2_001, 1..=600)]);
    work.take(&replacing(one(2_002, 300, Verdict::Nonconform), 2_001)).unwrap();
    let task = work.task();
    assert_eq!([299, 300, 301].map(|n| counts(task, n)), [Some(2_001), Some(2_002), Some(2_001)]);
    assert!(!task.current_result(at(1)).unwrap().replaced);
    // The correction can come in before what it corrects.
    let late =
        Work::with([started(&[1]), replacing(one(2_002, 300, Verdict::Nonconform), 2_001), many(2_001, 1..=600)]);
    let held = |task: &Task| [1, 299, 300, 600].map(|n| counts(task, n));
    assert_eq!(held(late.task()), held(work.task()));
    assert!(!late.task().current_result(at(300)).unwrap().replaces_unknown);
    // An answer that covers it all takes its place; one about something else does not.
    work.take(&replacing(many(2_003, 1..=601), 2_001)).unwrap();
    assert_eq!([1, 300, 601].map(|n| counts(work.task(), n)), [Some(2_003), Some(2_002), Some(2_003)]);
    assert_eq!(work.task().current_results().count(), 2);
    let elsewhere = replacing(one(2_004, 700, Verdict::Conform), 2_003);
    assert_eq!(work.take(&elsewhere).unwrap_err().code(), Code::ReplacesOtherKey);
}

#[test]
fn r_361_an_answer_for_many_that_no_instance_needs_does_not_count() {
    let facts = [started(&[1]), many(2_001, 1..=2), one(2_002, 1, Verdict::Conform), one(2_003, 2, Verdict::Conform)];
    let work = Work::with(facts);
    assert_eq!(Manifest::of(work.task()).results, [FactId(uuid(2_002)), FactId(uuid(2_003))]);
}

/// only what conforms, as its values propose, and is not measured at each instance is answered for many.
#[test]
fn r_361_what_needs_an_answer_of_its_own_is_refused_for_many() {
    let untestable = edited(many(2_001, 1..=9), |recorded| {
        recorded.verdict = Verdict::Untestable;
        recorded.untestable_reason = Some("locked".into());
    });
    let bad = edited(many(2_001, 1..=9), |recorded| recorded.verdict = Verdict::Nonconform);
    for said in [untestable, bad] {
        let refused = Work::with([started(&[1])]).take(&said).unwrap_err();
        assert_eq!(refused.code(), Code::OwnAnswerRequired);
    }
    let catalogue = shipped();
    let around = Circumstances { catalogue: Some(&catalogue), ..NO_CATALOGUE };
    let take = |item_id: &str, values: Vec<FieldValue>| {
        let said = edited(many(2_001, 1..=9), |recorded| {
            recorded.item_id = item_id.into();
            recorded.values = values;
        });
        let mut work = Work::with([started_on(item_id)]);
        work.take_under(&said, &around).map(|()| work.task().clone()).map_err(|error| error.code())
    };
    let measured = take("fas-area-mcp.c", vec![FieldValue::new("value", "30")]);
    assert_eq!(measured.map(drop), Err(Code::OwnAnswerRequired), "measured at each");
    assert_eq!(take(DETECTOR, Vec::new()).map(drop), Err(Code::ValueRequired), "as of a single one");
    let record = &catalogue.item(DETECTOR).unwrap().item.record;
    let picked = |pass: bool| -> Vec<FieldValue> {
        let value = |field: &Field| match &field.kind {
            FieldKind::Choice(choice) => {
                let option = choice.options.iter().find(|option| option.pass == Some(pass)).unwrap();
                FieldValue::new(&field.key, &option.value)
            }
            other => panic!("{other:?}"),
        };
        record.fields.iter().map(value).collect()
    };
    let told = take(DETECTOR, picked(true)).unwrap().results[0].recorded.measured_record.clone();
    assert!(told.contains("(1\u{2013}9)"), "R-147: the record names the instances: {told}");
    assert_eq!(take(DETECTOR, picked(false)).map(drop), Err(Code::OwnAnswerRequired), "the values say otherwise");
}

/// what is measured has a value for each instance. Each is judged by its own, and one that does not conform names
/// itself.
#[test]
fn r_361_an_answer_for_many_has_a_value_for_each_measured_instance() {
    let catalogue = shipped();
    let around = Circumstances { catalogue: Some(&catalogue), ..NO_CATALOGUE };
    let measured = |values: &[&str]| {
        edited(many(2_001, 1..=3), |recorded| {
            recorded.item_id = MEASURED.into();
            recorded.values = Vec::new();
            recorded.each = vec![EachValue {
                key: "value".into(),
                values: values.iter().map(|value| (*value).to_owned()).collect(),
            }];
        })
    };
    let take = |said: &Said| {
        let mut work = Work::with([started_on(MEASURED)]);
        work.take_under(said, &around).map(|()| work.task().clone())
    };
    let task = take(&measured(&["5", "9.5", "7"])).unwrap();
    let held = &task.results[0].recorded;
    assert_eq!(held.proposed, Some(Verdict::Conform));
    let record = &held.measured_record;
    assert!(record.contains("(1\u{2013}3)") && record.contains("5.00\u{2013}9.50"), "{record}");
    assert_eq!(held.values_at(2), [FieldValue::new("value", "9.5")]);
    let own = |ordinal| held.record_at(&catalogue, &Ordinals::of([ordinal]), Language::Chinese);
    assert!(own(2).contains("9.50") && !own(2).contains("5.00"), "{}", own(2));
    assert_eq!(held.told_each(&catalogue, &held.ordinals(), Language::Chinese).len(), 3);

    let Err(TaskError::Result(bad)) = take(&measured(&["5", "900", "7"])) else { panic!() };
    assert_eq!(bad.code(), Code::OwnAnswerRequired);
    assert_eq!(bad.findings().iter().map(|found| found.ordinal).collect::<Vec<_>>(), [Some(2)]);
    let Err(TaskError::Result(blank)) = take(&measured(&["5", "9", ""])) else { panic!() };
    assert_eq!((blank.code(), blank.findings()[0].ordinal), (Code::ValueRequired, Some(3)));
    assert_eq!(take(&measured(&["5", "soon", "7"])).unwrap_err().code(), Code::ValueMalformed);
    // As many values as instances, each question once, and only what is measured.
    assert!(measured(&["5", "9"]).body.check().is_err());
    let twice = edited(measured(&["5", "9", "7"]), |recorded| recorded.each.push(recorded.each[0].clone()));
    assert!(twice.body.check().is_err());
    let single = edited(measured(&["5"]), |recorded| recorded.also = Ordinals::default());
    assert!(single.body.check().is_err(), "an answer for one has its values once");
    assert!(measured(&["5", "9", "7"]).body.check().is_ok());

    let mut history = History::new(task.project, "fas-area-mcp");
    history.learn(&task, &catalogue);
    let last = history.last(MEASURED, 2).unwrap().1;
    assert!(last.measured_at(2).unwrap().starts_with("9.50"), "{last:?}");
}

fn shipped() -> Catalogue {
    serde_json::from_str(EDITION).unwrap()
}

/// A task of one item of the catalogue.
fn started_on(item_id: &str) -> Said {
    let mut said = started(&[1]);
    if let Body::TaskStarted(body) = &mut said.body {
        body.items[0].item_id = item_id.into();
    }
    said
}

#[test]
fn r_361_ranges_that_are_not_fit_are_malformed() {
    for also in ["[[1,5]]", "[[5,2]]", "[[3,10001]]", "[[3,4],[5,6]]"] {
        let said = edited(many(2_001, 1..=9), |recorded| recorded.also = serde_json::from_str(also).unwrap());
        assert!(said.body.check().is_err(), "{also}");
    }
    assert!(many(2_001, 1..=9).body.check().is_ok());
}

/// what was found last at each instance, in whatever order the tasks were approved, and what is still wrong there.
#[test]
fn r_364_a_history_has_the_last_result_of_each_instance_and_its_open_faults() {
    let catalogue = shipped();
    let visit = |task: u128, day: i64, facts: Vec<Said>| {
        let mut work = Work::default();
        let facts = [started_on(DETECTOR)]
            .into_iter()
            .chain(facts.into_iter().map(|said| edited(said, |recorded| recorded.item_id = DETECTOR.into())));
        for said in facts.chain([photo(3_001, PhotoRole::Selfie, None), described(3_002)]) {
            work.take(&said).unwrap();
        }
        let mut done = work.task().clone();
        done.id = TaskId(uuid(task));
        done.name = format!("task {task}");
        done.results.iter_mut().for_each(|held| held.at.wall_ms = Timestamp(day));
        done
    };
    let first = visit(1, 10, vec![many(2_001, 1..=600)]);
    let second = visit(2, 20, vec![one(2_002, 58, Verdict::Nonconform), many(2_003, 100..=200)]);
    let project = ProjectId(uuid(10));
    let learnt = |tasks: [&Task; 2]| {
        let mut history = History::new(project, "fas-area-detector");
        tasks.into_iter().for_each(|task| history.learn(task, &catalogue));
        history
    };
    let mut history = learnt([&first, &second]);
    assert_eq!(history, learnt([&second, &first]), "in any order");
    let mut again = history.clone();
    again.learn(&second, &catalogue);
    assert_eq!(again, history, "the same task again");
    let last =
        |ordinal| history.last(DETECTOR, ordinal).map(|(visit, found)| (visit.task_name.as_str(), found.verdict));
    assert_eq!(last(57), Some(("task 1", Verdict::Conform)));
    assert_eq!(last(58), Some(("task 2", Verdict::Nonconform)));
    assert_eq!((last(150), last(601)), (Some(("task 2", Verdict::Conform)), None));
    assert_eq!(history.visits[0].found[0].ordinals.told(", "), "1\u{2013}57, 59\u{2013}99, 201\u{2013}600");
    let size = serde_json::to_string(&history).unwrap().len();
    assert!(size < 2_000, "{size} bytes");
    let mut other = History::new(project, "power-genset");
    other.learn(&first, &catalogue);
    assert!(other.visits.is_empty(), "another facility");

    let mut fault = with_fault().faults()[0].clone();
    assert_eq!(fault.key, key(1));
    history.follow(&fault, DETECTOR, "task 3");
    assert_eq!(history.open_faults(DETECTOR, 1).count(), 1);
    fault.state = FaultState::Negotiating;
    history.follow(&fault, DETECTOR, "task 3");
    assert_eq!(history.open_faults(DETECTOR, 1).map(|held| held.state).collect::<Vec<_>>(), [FaultState::Negotiating]);
    fault.state = FaultState::Resolved;
    history.follow(&fault, DETECTOR, "task 3");
    assert_eq!(history.faults.len(), 0, "closed");
}
