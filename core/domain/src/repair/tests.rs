use super::*;
use crate::{
    catalogue::fixture,
    fact::Attribution,
    fault::{FaultState, Way, offered},
    id::EventId,
    project::fixture::project,
    task::{Stamp, TaskKind, TaskState},
};
use uuid::Uuid;

fn typed(handler: Handler) -> WantedRepair {
    WantedRepair {
        facility: "power-genset".into(),
        place: "地下一层发电机房".into(),
        words: "启动不了".into(),
        photos: vec![ContentId([7; 32]), ContentId([8; 32])],
        handler,
    }
}

fn who(number: u128) -> (AccountId, Timestamp) {
    (AccountId(Uuid::from_u128(number)), Timestamp(1_000 * i64::try_from(number).unwrap()))
}

fn asked(handler: Handler) -> Repair {
    Repair::asked(RepairId(Uuid::from_u128(9)), project().id, typed(handler), who(1))
}

fn act(of: &Repair) -> Attribution {
    let (account, at) = who(2);
    Attribution {
        event: EventId(Uuid::from_u128(77)),
        account,
        project: of.project,
        task: task_of(of.id),
        plan: None,
        at: Stamp::of_server(at),
        waited_ms: 0,
    }
}

/// facility, place and words are required, and the facility is one that the project has.
#[test]
fn r_278_everything_that_is_wrong_with_a_request_is_told_at_its_field() {
    let mut project = project();
    project.facilities = vec!["power-genset".into()];
    let good = typed(Handler::Firm);
    assert_eq!(checked(&project, &good), Ok(good.clone()));
    let bad = WantedRepair {
        facility: "hydrant".into(),
        place: " ".into(),
        words: "\n".into(),
        photos: vec![ContentId([1; 32]); 9],
        ..good
    };
    let wrong = checked(&project, &bad).unwrap_err();
    assert_eq!(wrong.iter().map(|at| at.field).collect::<Vec<_>>(), ["facility", "place", "words", "file"]);
    let codes: Vec<Code> = wrong.iter().map(|at| at.error.code()).collect();
    assert_eq!(codes, [Code::FieldMalformed, Code::TextRequired, Code::TextRequired, Code::TooManyAttachments]);
}

/// what the unit handles itself reaches the firm only when it is passed on, and is closed with words.
#[test]
fn r_279_what_the_unit_handles_stays_with_it_until_it_passes_it_on() {
    let mut inside = asked(Handler::Unit);
    assert!(!reaches_firm(inside.state) && reaches_firm(asked(Handler::Firm).state));
    assert_eq!(inside.close(" ", who(3)), Err(RepairError::Text(TextError::Empty)));
    inside.pass_on(who(3)).unwrap();
    assert_eq!(inside.state, RepairState::Sent);
    assert_eq!(inside.close("换了电池", who(3)), Err(RepairError::StateWrong), "the firm has it now");
    assert_eq!(inside.pass_on(who(3)), Err(RepairError::StateWrong));
    let mut closed = asked(Handler::Unit);
    closed.close(" 换了电池 ", who(3)).unwrap();
    assert_eq!((closed.state, closed.log.last().unwrap().words.as_str()), (RepairState::Closed, "换了电池"));
    assert_eq!(closed.pass_on(who(3)), Err(RepairError::StateWrong), "closed is final");
}

/// the firm takes a request up once; its fault has the words, the place and the pictures of the request, and
/// all five ways are open for it.
#[test]
fn r_175_r_279_a_request_becomes_a_fault_with_the_five_ways() {
    let (catalogue, pack) = (fixture::catalogue(), ContentId([1; 32]));
    let lead = who(5).0;
    let mut repair = asked(Handler::Firm);
    let by = act(&repair);
    let wrong = take_up(&mut repair, &by, (catalogue, pack), ("hydrant-nothing.a", lead));
    assert_eq!(wrong, Err(RepairError::ItemUnknown));
    let TakenUp { task, fault } = take_up(&mut repair, &by, (catalogue, pack), ("power-genset.b", lead)).unwrap();
    assert_eq!((repair.state, repair.fault), (RepairState::TakenUp, Some(fault.id)));
    assert_eq!((task.kind, task.state, task.executor, task.round), (TaskKind::Request, TaskState::Approved, lead, 0));
    assert_eq!((fault.state, fault.description.text.as_str()), (FaultState::Unhandled, "启动不了"));
    let result = task.current_result(fault.key).unwrap();
    assert_eq!(result.recorded.position.as_deref(), Some("地下一层发电机房"));
    assert_eq!(task.photos_of(fault.key).count(), 2);
    assert_eq!(offered(&task, &fault, &[]), Way::ALL);
    assert_eq!(take_up(&mut repair, &by, (catalogue, pack), ("power-genset.b", lead)), Err(RepairError::StateWrong));
    let mut inside = asked(Handler::Unit);
    let refused = take_up(&mut inside, &by, (catalogue, pack), ("power-genset.b", lead));
    assert_eq!(refused, Err(RepairError::StateWrong), "the firm does not have it");
}

/// a call needs what a request needs and a phone number; the owner's unit has it first, and its phone number stands in
/// nothing that is kept for ever.
#[test]
fn r_382_a_call_is_a_request_with_a_phone_number_that_the_unit_has_first() {
    let mut project = project();
    project.facilities = vec!["power-genset".into()];
    let WantedRepair { facility, place, words, photos, .. } = typed(Handler::Firm);
    let good = WantedCall { facility, place, words, photos, phone: "139 0000 0009".into() };
    let bad = WantedCall { place: String::new(), phone: "不知道".into(), ..good.clone() };
    let wrong = checked_call(&project, &bad).unwrap_err();
    assert_eq!(wrong.iter().map(|at| at.field).collect::<Vec<_>>(), ["place", "phone"]);
    assert_eq!(wrong[1].error.code(), Code::PhoneMalformed);
    assert!(!serde_json::to_string(&good).unwrap().contains("139"));
    let fit = checked_call(&project, &good).unwrap();
    let mut call = Repair::called(RepairId(Uuid::from_u128(9)), project.id, fit, who(1).1);
    assert_eq!((call.state, call.log[0].step), (RepairState::Inside, RepairStep::Called));
    assert_eq!(call.caller.as_ref().unwrap().phone, "13900000009");
    call.pass_on(who(3)).unwrap();
    assert!(call.caller.is_some(), "the firm calls back");
}
