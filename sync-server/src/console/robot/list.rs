//! The robots, the latest first, and the form that makes one known.

use crate::{
    console::{
        account,
        form::{Answer, Field, Form},
        frame::Frame,
        list::{Asked, Cell, Column, List, Shown},
        page,
        part::{Alert, Hidden},
        program::is_for,
        refused::Refusal,
        visitor::Visitor,
    },
    query::{page::Page, robot::robots},
    state::App,
    store::{StoreError, Tx},
    text::Text as T,
    view::robot::{RobotLine, line, platform},
};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use firebee_domain::{
    robot::{Platform, SECRET_LENGTH_MAX},
    text::NAME_MAX,
    webhook::ADDRESS_LENGTH_MAX,
};
use firebee_protocol::text::say;
use strum::VariantArray as _;

static ROBOTS: List<RobotLine> = List {
    href: "/robots",
    file: "robots",
    none: T::RobotNone,
    usual: ("made", true),
    filters: &[],
    month: None,
    columns: &[
        Column { title: T::RobotName, sort: Some("name"), cell: |row| Cell::Data(row.name.clone()) },
        Column { title: T::RobotPlatform, sort: None, cell: |row| Cell::Words(row.platform.clone()) },
        Column { title: T::RobotSaid, sort: Some("made"), cell: |row| Cell::When(row.said.clone()) },
        Column { title: T::RobotAnswer, sort: None, cell: |row| Cell::Words(row.answer.clone()) },
        Column { title: T::PartState, sort: None, cell: |row| Cell::State(row.state.clone()) },
    ],
};

/// The page.
#[derive(Template)]
#[template(path = "robot/list.html")]
pub(super) struct RobotsPage {
    f: Frame,
    list: Shown,
    form: Form,
    robots: Vec<RobotLine>,
    hidden: Hidden,
    /// Why a change was refused.
    alert: Option<Alert>,
}

/// The list, or its file.
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    if !is_for(&visitor) {
        return Err(Refusal::NotFound);
    }
    if asked.is_file() {
        return Ok(ROBOTS.part(visitor.language, found(&app, &visitor, &asked).await?));
    }
    page(&made(&app, &visitor, &asked, (form(&visitor)?, None)).await?)
}

/// The form that makes one known.
pub(super) fn form(visitor: &Visitor) -> Result<Form, Refusal> {
    let t = |text| say(visitor.language, text);
    let platforms =
        Platform::VARIANTS.iter().map(|each| Answer::word(<&str>::from(each), platform(visitor.language, *each)));
    let longest = u32::try_from(ADDRESS_LENGTH_MAX).unwrap_or(u32::MAX);
    Ok(Form::new(visitor, "/robots", T::RobotMake)?
        .with(Field::text("name", t(T::RobotName), NAME_MAX).required())
        .with(Field::select("platform", t(T::RobotPlatform), platforms.collect::<Vec<_>>()))
        .with(Field::text("address", t(T::RobotAddress), longest).required().hint(t(T::RobotAddressHint)))
        .with(Field::text("secret", t(T::RobotSecret), SECRET_LENGTH_MAX).optional().hint(t(T::RobotSecretHint))))
}

async fn found(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Page<RobotLine>, Refusal> {
    let (org, actor) = (visitor.member.org, visitor.member.actor.clone());
    let wanted = ROBOTS.wanted(asked);
    let read = async move |tx: &mut Tx| robots(tx, org, &actor, &wanted).await;
    let found: Result<_, StoreError> = app.store.read("list_robots", read).await;
    Ok(found?.map(|row| line(visitor.reader(), &row)))
}

/// The page, with the form as it stands, and with why a change was refused.
pub(super) async fn made(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    (form, alert): (Form, Option<Alert>),
) -> Result<RobotsPage, Refusal> {
    let found = found(app, visitor, asked).await?;
    let f = Frame::new(app, visitor, say(visitor.language, T::RobotTitle), &account::PAGE);
    let views = ROBOTS.views(app, visitor, asked).await?;
    let list = ROBOTS.shown(&f, asked, (&[], views), &found);
    Ok(RobotsPage { f, list, form, robots: found.rows, hidden: visitor.hidden()?, alert })
}
