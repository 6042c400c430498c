//! Hand-over and witness: one person holds the pen, and the owner signs.

use crate::demo::{
    answers::Wanted,
    console::Console,
    errand::{self, ROUND},
    fail::StoryError,
    lead, on_site,
    phone::Phone,
    record::record,
    stage::{Cast, Stage},
    text::Text,
    work::STAND_IN,
};
use firebee_client::work::task::{HandOverTask, SignWitness, SubmitTask};
use firebee_domain::{
    code::Code,
    id::{PlanItemId, TaskId},
};

/// The manager asks for the owner's signature in the project. An operator begins a test and hands it over; the other
/// one goes on and, once the witness has signed, hands it in.
///
/// # Errors
/// A phone or the server refuses what it must not refuse, or takes what it must refuse.
pub async fn hand_over(stage: &mut Stage<'_>, cast: &Cast) -> Result<(), StoryError> {
    let (teller, project) = (stage.teller, stage.firm.first_project()?);
    let console = Console::sign_in(stage.server.address, &stage.firm.manager).await?;
    let page = format!("/projects/{project}");
    console.submit(&page, &format!("{page}/witness"), &[]).await?;
    teller.tell(Text::DemoWitnessAsked, &[("manager", teller.say(Text::DemoManager).into())]);
    stage.settle(cast).await?;

    let (from, to) = (cast.operator(1)?, cast.operator(0)?);
    let (task, items) = errand::begin(from, project, &ROUND, teller)?;
    let [first, rest @ ..] = items.as_slice() else { return Err(StoryError::new("begin a test", "it is empty")) };
    record(from, teller, task, *first, 0, Wanted::Good)?;
    let reason = teller.say(Text::DemoHandOverReason);
    let handed = HandOverTask { task, to: stage.firm.operator(0)?, reason: reason.clone() };
    from.client.tasks().hand_over(&handed).map_err(StoryError::at("hand a task over"))?;
    // The one phone tells the server, then the server the other.
    for _ in 0..2 {
        stage.settle(cast).await?;
    }
    let said = [("from", (&from.holder).into()), ("to", (&to.holder).into()), ("reason", reason.into())];
    teller.tell(Text::DemoHandedOver, &said);

    finish(stage, to, task, rest)?;
    stage.settle(cast).await?;
    let authors = lead::look(&cast.lead, task)?.task;
    let by: std::collections::BTreeSet<_> =
        authors.current_results().map(|held| authors.author_of(held.fact)).collect();
    if by.len() != 2 {
        return Err(StoryError::new("look at the answers", format!("{} authors", by.len())));
    }
    lead::approve(&cast.lead, &[task], teller)?;
    stage.count_whole_task();
    stage.settle(cast).await?;
    let said = [("to", (&to.holder).into()), ("lead", (&cast.lead.holder).into())];
    teller.tell(Text::DemoWitnessSigned, &said);
    Ok(())
}

/// Who got the task answers the rest. Without the signature it cannot be handed in.
fn finish(stage: &Stage<'_>, phone: &Phone, task: TaskId, rest: &[PlanItemId]) -> Result<(), StoryError> {
    let (teller, tasks) = (stage.teller, phone.client.tasks());
    for (number, item) in (1..).zip(rest) {
        on_site::pass(phone);
        record(phone, teller, task, *item, number, Wanted::Good)?;
    }
    match tasks.submit(SubmitTask { task }) {
        Err(error) if error.code() == Code::WitnessMissing => {
            let reason = teller.problem(Code::WitnessMissing);
            teller.tell(Text::DemoWitnessMissing, &[("to", (&phone.holder).into()), ("reason", reason.into())]);
        }
        Err(error) => return Err(StoryError::at("be refused without a witness")(error)),
        Ok(_) => return Err(StoryError::new("be refused without a witness", "the task was taken")),
    }
    let signature = stage.phones.path().join("signature.jpg");
    std::fs::write(&signature, STAND_IN).map_err(StoryError::at("sign"))?;
    let (name, role) = (teller.say(Text::DemoWitness), teller.say(Text::DemoWitnessRole));
    tasks.witness(&SignWitness { task, name, role, signature }).map_err(StoryError::at("sign"))?;
    on_site::hand_in(phone, task)
}
