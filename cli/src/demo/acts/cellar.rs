//! The cellar: no signal, and work goes on.

use crate::{
    demo::{
        fail::StoryError,
        inputs::Given,
        schedule::{Job, OPERATORS},
        stage::{Cast, Stage},
        text::Text,
        work::{self, Orders, Worked},
    },
    proxy::Link,
};
use firebee_domain::id::TaskId;

/// A task that was worked through, and its job.
pub struct Walked {
    /// The task.
    pub task: TaskId,
    /// The number of its job.
    pub job: usize,
}

/// Both operators work through their items without signal, each on a thread of its own.
///
/// # Errors
/// A phone refuses a step that it must not refuse.
pub fn cellar(stage: &mut Stage<'_>, cast: &Cast) -> Result<Vec<Walked>, StoryError> {
    stage.link.set(Link::Cut);
    stage.teller.tell(Text::DemoLinkCut, &[]);
    let all: Vec<Result<Vec<(usize, Worked)>, StoryError>> = tokio::task::block_in_place(|| {
        let stage = &*stage;
        std::thread::scope(|scope| {
            let handles: Vec<_> =
                (0..OPERATORS).map(|operator| scope.spawn(move || day(stage, cast, operator))).collect();
            let broken = || Err(StoryError::new("work on site", "the operator's thread ended"));
            handles.into_iter().map(|handle| handle.join().unwrap_or_else(|_| broken())).collect()
        })
    });
    let mut walked = Vec::new();
    let mut stand_in = false;
    for (phone, worked) in cast.operators.iter().zip(all) {
        let worked = worked?;
        let sum = |part: fn(&Worked) -> usize| worked.iter().map(|(_, worked)| part(worked)).sum::<usize>();
        let jobs = worked.iter().filter_map(|(job, _)| stage.schedule.jobs.get(*job));
        let walks: usize = jobs.map(|job| job.walks.len()).sum();
        stage.teller.tell(
            Text::DemoWorked,
            &[
                ("name", (&phone.holder).into()),
                ("tasks", worked.len().into()),
                ("results", sum(|worked| worked.results).into()),
                ("nonconform", sum(|worked| worked.nonconform).into()),
                ("photos", sum(|worked| worked.photos.len()).into()),
                ("walks", walks.into()),
            ],
        );
        for (job, worked) in worked {
            stage.add(&worked);
            stand_in |= worked.stand_in;
            walked.extend(worked.task.map(|task| Walked { task, job }));
        }
    }
    if stand_in {
        stage.teller.note(Text::DemoStandIn, &[]);
    }
    stage.report.tracks.used = stage.inputs.tracks_used;
    let (facts, blobs) = cast.unsent()?;
    stage.teller.tell(Text::DemoWaiting, &[("facts", facts.into()), ("blobs", blobs.into())]);
    Ok(walked)
}

/// One operator's tasks, one after the other.
fn day(stage: &Stage<'_>, cast: &Cast, operator: usize) -> Result<Vec<(usize, Worked)>, StoryError> {
    let phone = cast.operators.get(operator).ok_or_else(|| StoryError::new("work on site", "no phone"))?;
    let orders = stage.jobs_of(operator).map(|(number, job)| Ok((number, orders(stage, number, job)?)));
    let orders = orders.collect::<Result<Vec<(usize, Orders<'_>)>, StoryError>>()?;
    let bar = stage.teller.bar(
        stage.teller.say_with(Text::DemoBarWork, &[("name", (&phone.holder).into())]),
        orders.iter().map(|(_, orders)| work::steps(orders)).sum(),
    );
    let mut done = Vec::new();
    for (number, orders) in orders {
        done.push((number, work::work(phone, &orders, stage.teller, &bar)?));
    }
    bar.finish_and_clear();
    Ok(done)
}

/// The files are dealt to the tasks by turns. The first task of each operator has two results that do not conform.
fn orders<'s>(stage: &'s Stage<'_>, number: usize, job: &'s Job) -> Result<Orders<'s>, StoryError> {
    let plan = stage.plans.get(job.site).copied().ok_or_else(|| StoryError::new("work on site", "no plan"))?;
    let jobs = stage.schedule.jobs.len().max(1);
    let photos: Vec<Given> = stage.inputs.photos.iter().skip(number).step_by(jobs).cloned().collect();
    Ok(Orders {
        job,
        plan,
        items: stage.items.get(number).cloned().unwrap_or_default(),
        photos,
        any_photos: &stage.inputs.photos,
        walks: &stage.inputs.walks,
        nonconform: if number < OPERATORS { 2 } else { 1 },
    })
}
