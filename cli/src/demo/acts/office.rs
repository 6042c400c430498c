//! The office: a server, a firm, and the month's plan.

use crate::{
    demo::{
        fail::StoryError,
        firm::{self, Planned},
        inputs::Inputs,
        report::{Report, Server},
        schedule::schedule,
        stage::Stage,
        teller::Teller,
        text::Text,
        world::{World, machine_now},
    },
    proxy::{ANYWHERE_HERE, Proxy},
};
use firebee_domain::time::Month;
use firebee_server::config::Config;
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
};

/// The same faults in every run.
const SEED: u64 = 2020;

/// A server in `data`, a firm, and the month's plan, issued to two operators.
///
/// # Errors
/// The server does not start or refuses what the office does.
pub async fn office<'a>(inputs: Inputs, data: &Path, teller: &'a Teller) -> Result<Stage<'a>, StoryError> {
    let walks: Vec<_> = inputs.walks.iter().map(|walk| walk.walk.clone()).collect();
    let schedule = schedule(&walks, firm::items_a_site(), machine_now());
    let world = World::beginning_at(schedule.begin);
    // The cover of a report names the address, so it is known before the server starts.
    let listen = free_address().map_err(StoryError::at("find a free address"))?;
    let config = Config { listen, metrics: None, ..Config::in_folder(data) };
    let server =
        firebee_server::serve(config, world.server_clock()).await.map_err(StoryError::at("start the server"))?;
    let url = format!("http://{}", server.address);
    teller.tell(Text::DemoServerStarted, &[("url", (&url).into()), ("data", data.display().to_string().into())]);
    let link = Proxy::start(ANYWHERE_HERE, server.address, SEED).await.map_err(StoryError::at("start the link"))?;
    let firm = firm::found(server.app(), &schedule, teller).await?;
    let month = Month::of(schedule.begin.china_day()).ok_or_else(|| StoryError::new("plan", "no such month"))?;
    let mut report = Report { accounts: firm.accounts(), ..Report::default() };
    report.server = Server { url, data: data.display().to_string() };
    report.photos.given = inputs.photos.len();
    report.tracks.given = inputs.tracks_given;
    report.tracks.refused = inputs.tracks_refused.clone();
    report.tracks.partly = inputs.tracks_partly.clone();
    let phones = tempfile::tempdir().map_err(StoryError::at("make a folder for the phones"))?;
    let Planned { plans, items, detectors } = firm.plan(server.app(), &schedule, month).await?;
    let issued = items.iter().map(Vec::len).sum::<usize>() + 1;
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
    Ok(Stage { teller, world, server, data, link, firm, inputs, schedule, plans, items, detectors, phones, report })
}

/// An address of this machine that nothing listens on.
fn free_address() -> std::io::Result<SocketAddr> {
    TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?.local_addr()
}
