//! Moving an answer that was recorded in the wrong place.

use crate::fixture::{
    Said, Work, fact, item, key, operator, photo, ready, replacing, result, submission, task_id, uuid,
};
use firebee_domain::{
    code::Code,
    evidence::PhotoRole,
    fact::Body,
    id::{FactId, TaskId},
    ordinals::Ordinals,
    result::{FaultText, MovedFrom, ResultKey, ResultMoved, Verdict},
    submission::{Manifest, Missing},
    task::TaskError,
};

fn moved(n: u128, old: u128, to: TaskId, key: ResultKey, new: u128, photos: &[u128]) -> Said {
    let photos = photos.iter().map(|photo| FactId(uuid(*photo))).collect();
    let (result, recorded) = (FactId(uuid(old)), FactId(uuid(new)));
    fact(n, operator(), ResultMoved { result, to, item: key.item, ordinal: key.ordinal, recorded, photos })
}

/// The answer of another one, in its new place.
fn there(mut said: Said, key: ResultKey, old: u128) -> Said {
    if let Body::ResultRecorded(recorded) = &mut said.body {
        recorded.ordinal = key.ordinal;
        recorded.moved_from = Some(MovedFrom { task: task_id(), result: FactId(uuid(old)) });
    }
    said
}

fn second() -> ResultKey {
    ResultKey { item: item(1), ordinal: 2 }
}

/// Its first answer was recorded twice, and then a photo was taken of it.
fn answered() -> Work {
    let mut work = ready();
    let mut failing = replacing(result(2_010, 1, Verdict::Nonconform), 2_001);
    if let Body::ResultRecorded(recorded) = &mut failing.body {
        recorded.fault = Some(FaultText { part: None, defect: None, text: "漏水".into() });
    }
    work.take(&failing).unwrap();
    work.take(&photo(2_011, PhotoRole::Evidence, Some(1))).unwrap();
    work
}

/// it counts in its new place only, its photo shows it there, and the old place waits for an answer again.
#[test]
fn r_369_an_answer_moves_to_another_instance_with_its_photos_and_counts_there_only() {
    let mut work = answered();
    work.take(&there(result(2_020, 1, Verdict::Nonconform), second(), 2_010)).unwrap();
    let away = moved(2_021, 2_010, task_id(), second(), 2_020, &[2_011]);
    work.take(&away).unwrap();
    work.take(&away).unwrap();
    let task = work.task();
    assert!(task.current_result(key(1)).is_none(), "nothing that stood there before counts again");
    assert_eq!(task.current_result(second()).map(|held| held.fact), Some(FactId(uuid(2_020))));
    let of = |key| task.photos_of(key).map(|photo| photo.fact).collect::<Vec<_>>();
    assert_eq!((of(key(1)), of(second())), (vec![], vec![FactId(uuid(2_011))]));
    let old = task.results.iter().find(|held| held.fact == FactId(uuid(2_010))).unwrap();
    assert_eq!(old.moved.as_ref().map(|moved| (moved.task, moved.key)), Some((task_id(), second())));
    assert!(!Manifest::of(task).results.contains(&FactId(uuid(2_010))));
    assert!(Manifest::of(task).photos.contains(&FactId(uuid(2_011))));
    work.submit(2_030).unwrap();
    assert_eq!(work.faults().iter().map(|fault| fault.key).collect::<Vec<_>>(), [second()], "its fault is there");
}

/// in another task its photos count no more, and its item must be answered again before the task is handed in.
#[test]
fn r_369_an_answer_that_went_to_another_task_leaves_its_place_open() {
    let mut work = answered();
    let (other, place) = (TaskId(uuid(7_000)), ResultKey { item: item(70), ordinal: 1 });
    work.take(&moved(2_021, 2_010, other, place, 7_020, &[2_011])).unwrap();
    let text = submission(2_030, work.task());
    let refused = work.take(&text).unwrap_err();
    assert!(
        matches!(&refused, TaskError::Incomplete { missing } if missing.contains(&Missing::Result { item: item(1) })),
        "{refused:?}"
    );
    let gone = work.task().photos.iter().find(|photo| photo.fact == FactId(uuid(2_011))).unwrap();
    assert!(gone.withdrawn);
    assert_eq!(work.task().moved_with().into_iter().collect::<Vec<_>>(), [other]);
    work.take(&result(2_040, 1, Verdict::Conform)).unwrap();
    work.submit(2_041).unwrap();
}

/// what was said of many, what was replaced and what was handed in stays where it is.
#[test]
fn r_369_what_cannot_be_moved_stays() {
    let mut work = answered();
    let to = |old| moved(2_050, old, task_id(), second(), 2_049, &[]);
    let code = |refused: Result<(), TaskError>| refused.map_err(|error| error.code());
    assert_eq!(code(work.take(&to(2_001))), Err(Code::MoveNotPossible), "it was replaced");
    assert_eq!(code(work.take(&to(9_999))), Err(Code::MoveNotPossible), "there is no such answer");
    let onto_itself = moved(2_051, 2_010, task_id(), key(1), 2_049, &[]);
    assert_eq!(code(work.take(&onto_itself)), Err(Code::MoveNotPossible));
    let strange = moved(2_052, 2_010, task_id(), ResultKey { item: item(99), ordinal: 1 }, 2_049, &[]);
    assert_eq!(code(work.take(&strange)), Err(Code::ItemNotInTask));
    let unknown = moved(2_053, 2_010, task_id(), second(), 2_049, &[9_999]);
    assert_eq!(code(work.take(&unknown)), Err(Code::PhotoUnknown));
    let mut many = result(2_060, 1, Verdict::Conform);
    if let Body::ResultRecorded(recorded) = &mut many.body {
        recorded.ordinal = 3;
        recorded.also = Ordinals::of([4, 5]);
    }
    work.take(&many).unwrap();
    assert_eq!(code(work.take(&to(2_060))), Err(Code::MoveNotPossible), "it is for many");
    work.submit(2_070).unwrap();
    assert_eq!(work.take(&to(2_010)), Err(TaskError::NotEditable), "it is handed in");
}
