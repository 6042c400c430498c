//! The story, act by act.

use super::{
    audit,
    fail::StoryError,
    firm,
    inputs::{Given, Inputs},
    lead,
    proxy::{Link, Proxy},
    report::{Report, Server, TrackRow, minutes},
    schedule::{Job, OPERATORS, schedule},
    stage::{Cast, Stage},
    teller::Teller,
    work::{self, Orders, Worked},
    world::World,
};
use firebee_client::{session::SignInError, work::TaskView};
use firebee_domain::{
    id::{ContentId, TaskId},
    time::Month,
};
use firebee_protocol::text::Text;
use firebee_server::{clock::china_minute, config::Config, verify::Verified};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// The same faults in every run.
const SEED: u64 = 2020;
/// Coverage is judged after the last piece of a track; that takes no longer.
const VERDICT_MAX: Duration = Duration::from_secs(30);

/// A task that was worked through, and its job.
struct Walked {
    task: TaskId,
    job: usize,
}

impl Stage<'_> {
    /// A task without a walk is mended without making its track look idle; otherwise the last.
    fn to_reject(&self, tasks: &[TaskId], walked: &[Walked]) -> Option<TaskId> {
        let rests = |task: &&TaskId| {
            let job = walked.iter().find(|walked| walked.task == **task);
            job.and_then(|walked| self.schedule.jobs.get(walked.job)).is_some_and(|job| job.walks.is_empty())
        };
        tasks.iter().find(rests).or(tasks.last()).copied()
    }
}

/// Plays the whole story in `data`, stops everything, and audits it.
///
/// # Errors
/// Something failed that is not part of the story.
pub async fn play(inputs: Inputs, data: &Path, teller: &Teller) -> Result<Report, StoryError> {
    let began = Instant::now();
    teller.chapter(Text::DemoChapterOffice);
    let mut stage = office(inputs, data, teller).await?;
    teller.chapter(Text::DemoChapterSignIn);
    let cast = sign_in(&mut stage).await?;
    teller.chapter(Text::DemoChapterCellar);
    let walked = cellar(&mut stage, &cast)?;
    teller.chapter(Text::DemoChapterLink);
    link(&stage, &cast).await?;
    teller.chapter(Text::DemoChapterReview);
    let views = review(&mut stage, &cast, &walked).await?;
    teller.chapter(Text::DemoChapterAudit);
    audit_all(stage, cast, &walked, &views, began).await
}

/// A firm and the month's plan.
async fn office<'a>(inputs: Inputs, data: &Path, teller: &'a Teller) -> Result<Stage<'a>, StoryError> {
    let walks: Vec<_> = inputs.walks.iter().map(|walk| walk.walk.clone()).collect();
    let schedule = schedule(&walks, firm::items_a_site(), super::world::machine_now());
    let world = World::beginning_at(schedule.begin);
    let config = Config { listen: ([127, 0, 0, 1], 0).into(), metrics: None, ..Config::in_folder(data) };
    let server =
        firebee_server::serve(config, world.server_clock()).await.map_err(StoryError::at("start the server"))?;
    let url = format!("http://{}", server.address);
    teller.tell(Text::DemoServerStarted, &[("url", (&url).into()), ("data", data.display().to_string().into())]);
    let link = Proxy::start(server.address, SEED).await.map_err(StoryError::at("start the link"))?;
    let firm = firm::found(server.app(), &schedule, teller).await?;
    let month = Month::of(schedule.begin.china_day()).ok_or_else(|| StoryError::new("plan", "no such month"))?;
    let mut report = Report { accounts: firm.accounts(), ..Report::default() };
    report.server = Server { url, data: data.display().to_string() };
    report.photos.given = inputs.photos.len();
    report.tracks.given = inputs.tracks_given;
    report.tracks.refused = inputs.tracks_refused.clone();
    let phones = tempfile::tempdir().map_err(StoryError::at("make a folder for the phones"))?;
    let (plans, items) = firm.plan(server.app(), &schedule, month).await?;
    let issued: usize = items.iter().map(Vec::len).sum();
    teller.tell(
        Text::DemoPlanIssued,
        &[
            ("manager", teller.say(Text::DemoManager).into()),
            ("month", month.to_string().into()),
            ("items", issued.into()),
            ("one", teller.say(Text::DemoOperatorOne).into()),
            ("other", teller.say(Text::DemoOperatorOther).into()),
        ],
    );
    let data = data.to_owned();
    Ok(Stage { teller, world, server, data, link, firm, inputs, schedule, plans, items, phones, report })
}

/// Three phones sign in; a fourth claims an account that is held.
async fn sign_in(stage: &mut Stage<'_>) -> Result<Cast, StoryError> {
    let operators = vec![
        stage.phone("one", Text::DemoOperatorOne, Text::DemoDeviceOne)?,
        stage.phone("other", Text::DemoOperatorOther, Text::DemoDeviceOther)?,
    ];
    let cast = Cast { operators, lead: stage.phone("lead", Text::DemoLead, Text::DemoDeviceLead)? };
    let lead = &stage.firm.lead;
    cast.lead.sign_in(lead).await.map_err(StoryError::at("sign the lead in"))?;
    for (number, phone) in cast.operators.iter().enumerate() {
        phone.sign_in(stage.login(number)?).await.map_err(StoryError::at("sign an operator in"))?;
    }
    stage.settle(&cast).await?;
    for phone in &cast.operators {
        let plans = phone.client.projects().issued(None).map_err(StoryError::at("read what is issued"))?;
        let items: usize = plans.iter().map(|plan| plan.items.len()).sum();
        let (name, device) = (&phone.holder, &phone.device);
        stage
            .teller
            .tell(Text::DemoSignedIn, &[("name", name.into()), ("device", device.into()), ("items", items.into())]);
    }
    let (name, device) = (&cast.lead.holder, &cast.lead.device);
    stage.teller.tell(Text::DemoLeadSignedIn, &[("name", name.into()), ("device", device.into())]);
    let second = stage.phone("second", Text::DemoOperatorOne, Text::DemoDeviceSecond)?;
    match second.sign_in(stage.login(0)?).await {
        Err(SignInError::Elsewhere(held)) => {
            let unsent = held.unsent.facts + held.unsent.blobs;
            let values = [
                ("device", (&held.device).into()),
                ("last_seen", china_minute(held.last_seen).into()),
                ("unsent", unsent.into()),
            ];
            let reason = stage.teller.say_with(Text::ProblemSignedInElsewhere, &values);
            stage.teller.tell(Text::DemoSecondPhone, &[("name", (&second.holder).into()), ("reason", reason.into())]);
            stage.report.devices.refused += 1;
        }
        Err(error) => return Err(StoryError::at("be refused as the second phone")(error)),
        Ok(()) => return Err(StoryError::new("be refused as the second phone", "the account was given away")),
    }
    Ok(cast)
}

/// Both operators work through their items without signal, each on a thread of his own.
fn cellar(stage: &mut Stage<'_>, cast: &Cast) -> Result<Vec<Walked>, StoryError> {
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
    stage.report.tracks.used = stage.inputs.walks.len();
    let (facts, blobs) = cast.unsent()?;
    stage.teller.tell(Text::DemoWaiting, &[("facts", facts.into()), ("blobs", blobs.into())]);
    Ok(walked)
}

/// One operator's tasks, one after the other.
fn day(stage: &Stage<'_>, cast: &Cast, operator: usize) -> Result<Vec<(usize, Worked)>, StoryError> {
    let phone = cast.operators.get(operator).ok_or_else(|| StoryError::new("work on site", "no phone"))?;
    let orders = stage.jobs_of(operator).map(|(number, job)| Ok((number, orders(stage, number, job)?)));
    let orders = orders.collect::<Result<Vec<(usize, Orders<'_>)>, StoryError>>()?;
    let bar = stage.teller.bar(Text::DemoBarWork, orders.iter().map(|(_, orders)| work::steps(orders)).sum());
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

/// Everything arrives, whatever the link does.
async fn link(stage: &Stage<'_>, cast: &Cast) -> Result<(), StoryError> {
    let (facts, blobs) = cast.unsent()?;
    stage.link.set(Link::Faulty);
    stage.teller.tell(Text::DemoLinkBack, &[]);
    stage.deliver(cast).await?;
    let counts = stage.link.counts();
    stage.teller.tell(
        Text::DemoArrived,
        &[
            ("facts", facts.into()),
            ("blobs", blobs.into()),
            ("lost", counts.lost_replies.into()),
            ("resets", counts.resets_in_blob.into()),
            ("duplicates", counts.duplicates.into()),
        ],
    );
    Ok(())
}

/// Too early, rejected, mended, handled, approved. Gives the tasks as the lead sees them in the end.
async fn review(
    stage: &mut Stage<'_>,
    cast: &Cast,
    walked: &[Walked],
) -> Result<BTreeMap<TaskId, TaskView>, StoryError> {
    let teller = stage.teller;
    let lead = &cast.lead;
    stage.settle(cast).await?;
    let tasks = lead::waiting(lead)?;
    let back = stage.to_reject(&tasks, walked).ok_or_else(|| StoryError::new("review", "nothing waits"))?;
    let first = tasks.iter().copied().find(|task| *task != back).unwrap_or(back);
    let open = lead::approve_too_early(lead, first, teller)?;
    let refused = teller.say_with(Text::ProblemFaultsNotHandled, &[("count", open.into())]);
    let name = lead::look(lead, first)?.task.name;
    let said = [("name", (&lead.holder).into()), ("task", (&name).into()), ("reason", refused.into())];
    teller.tell(Text::DemoTooEarly, &said);

    let opinion = teller.say(Text::DemoOpinionReject);
    lead::reject(lead, back, opinion.clone())?;
    stage.report.tasks.rejected += 1;
    let name = lead::look(lead, back)?.task.name;
    let said = [("name", (&lead.holder).into()), ("task", (&name).into()), ("opinion", (&opinion).into())];
    teller.tell(Text::DemoRejected, &said);
    stage.settle(cast).await?;

    let executor =
        cast.operators.iter().find(|phone| phone.client.tasks().get(back).is_ok_and(|view| view.rev.is_some()));
    let executor = executor.ok_or_else(|| StoryError::new("mend a task", "nobody has it"))?;
    let round = tokio::task::block_in_place(|| work::mend(executor, back, &stage.inputs.photos, teller))?;
    stage.report.tasks.submitted += 1;
    teller.tell(Text::DemoMended, &[("name", (&executor.holder).into()), ("round", round.into())]);
    stage.settle(cast).await?;

    let handled = lead::handle_faults(lead, &tasks, teller)?;
    teller.tell(Text::DemoHandled, &[("name", (&lead.holder).into()), ("faults", handled.into())]);
    lead::approve(lead, &tasks, teller)?;
    stage.report.tasks.approved += tasks.len();
    stage.settle(cast).await?;
    stage.mend_link();
    teller.tell(Text::DemoApproved, &[("name", (&lead.holder).into()), ("tasks", tasks.len().into())]);
    let views = verdicts(stage, cast, &tasks).await?;
    let faults = || views.values().flat_map(|view| &view.task.faults);
    stage.report.faults.created = faults().count();
    stage.report.faults.handled = handled;
    Ok(views)
}

/// The tasks with the verdicts of their tracks, which the server judges when the last piece is there.
async fn verdicts(stage: &Stage<'_>, cast: &Cast, tasks: &[TaskId]) -> Result<BTreeMap<TaskId, TaskView>, StoryError> {
    let began = Instant::now();
    loop {
        let views: Result<BTreeMap<_, _>, _> =
            tasks.iter().map(|task| lead::look(&cast.lead, *task).map(|view| (*task, view))).collect();
        let views = views?;
        if views.values().all(|view| view.coverage.is_some()) {
            return Ok(views);
        }
        if began.elapsed() > VERDICT_MAX {
            return Err(StoryError::new("judge the tracks", "the server says nothing about one"));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        stage.settle(cast).await?;
    }
}

/// Everything stops; then another process reads the server's data, and the two sides are compared.
async fn audit_all(
    stage: Stage<'_>,
    cast: Cast,
    walked: &[Walked],
    views: &BTreeMap<TaskId, TaskView>,
    began: Instant,
) -> Result<Report, StoryError> {
    let Stage { teller, server, data, link, inputs, schedule, phones, mut report, .. } = stage;
    let folders: Vec<PathBuf> = cast.phones().map(|phone| phone.folder().to_owned()).collect();
    for phone in cast.phones() {
        phone.client.suspend().map_err(StoryError::at("close a phone"))?;
    }
    drop(cast);
    report.net = link.counts();
    drop(link);
    server.stop().await;
    let journals = audit::journals(&folders)?;
    let verified = audit::verify(&data)?;
    (report.facts, report.blobs) = audit::compare(&journals, &verified);
    let bytes = lens(&verified);
    for Walked { task, job } in walked {
        let numbers = schedule.jobs.get(*job).map(|job| job.walks.clone()).unwrap_or_default();
        let walks = numbers.into_iter().filter_map(|number| inputs.walks.get(number));
        let Some(view) = views.get(task) else { continue };
        report.tracks.rows.extend(walks.filter_map(|walk| row(&walk.file, walk.walk.points.len(), view, &bytes)));
    }
    report.tracks.rows.sort_by(|one, other| one.file.cmp(&other.file));
    report.photos.refused.sort_by(|one, other| one.file.cmp(&other.file));
    report.seconds = (began.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    drop(phones);
    if report.is_whole() {
        teller.tell(Text::DemoWhole, &[]);
    } else {
        let unverified = report.blobs.announced - report.blobs.verified;
        let (lost, quarantined) = (report.facts.lost, report.facts.quarantined);
        teller.tell(
            Text::DemoNotWhole,
            &[("lost", lost.into()), ("quarantined", quarantined.into()), ("unverified", unverified.into())],
        );
    }
    Ok(report)
}

fn lens(verified: &Verified) -> BTreeMap<ContentId, u64> {
    verified.blobs.iter().filter_map(|blob| Some((blob.id, blob.len?))).collect()
}

/// A walk as the server judged the task that it was walked in.
fn row(file: &str, points: usize, view: &TaskView, bytes: &BTreeMap<ContentId, u64>) -> Option<TrackRow> {
    let coverage = view.coverage.as_ref()?;
    let segments = view.task.segments.iter().filter_map(|held| bytes.get(&held.segment.blob));
    Some(TrackRow {
        file: file.to_owned(),
        points,
        bytes: segments.sum(),
        minutes_inside: minutes(coverage.inside_ms),
        minutes_outside: minutes(coverage.outside_ms),
        minutes_not_recorded: minutes(coverage.not_recorded_ms),
        gaps: coverage.gaps.len(),
        verdict: coverage.verdict,
    })
}
