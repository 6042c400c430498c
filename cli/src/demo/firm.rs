//! The firm of the story, founded through the same file that an administrator writes, and its month's plan.

use super::{
    fail::StoryError,
    report::Login,
    schedule::{OPERATORS, Schedule},
    teller::Teller,
    text::Text,
};
use chrono::{Datelike as _, NaiveDate};
use firebee_domain::{
    account::{Actor, Category},
    catalogue::{Nature, Usage},
    geofence::Position,
    id::{AccountId, PlanId, PlanItemId, ProjectId, RequestId},
    instrument::Instrument,
    time::Month,
};
use firebee_protocol::catalogue::Pack;
use firebee_server::{
    office::{
        Act,
        firm::{self, Created, FirmOptions},
        instrument, plan,
    },
    org::Org,
    query,
    random::uuid_v7,
    state::App,
    store::{StoreError, Tx},
};
use serde_json::{Value, json};

/// What is ticked at every site: enough for a month of measured values and choices.
const FACILITIES: [&str; 8] = [
    "power-panel",
    "power-genset",
    "fas-area-fcu",
    "fas-area-detector",
    "ws-pool",
    "ws-pump",
    "spk-wet-valve",
    "ext-powder",
];
/// The item by which detectors are tested. It is no part of anybody's day in the cellar.
pub const DETECTOR: &str = "fas-area-detector.a";
/// The fence of every project, in metres.
const FENCE_M: u32 = 200;

/// How many items a site has in a month; no more tasks fit there.
pub fn items_a_site() -> usize {
    let ticked = FACILITIES.map(str::to_owned);
    let items = Pack::embedded().catalogue.items_of(Usage::Maintenance, &ticked, Nature::Month).items;
    items.iter().filter(|found| found.item.id != DETECTOR).count()
}

/// The firm with its accounts.
pub struct Firm {
    /// The firm on the server.
    pub org: Org,
    manager_account: AccountId,
    operator_accounts: Vec<AccountId>,
    projects: Vec<ProjectId>,
    /// The manager, for the console.
    pub manager: Login,
    /// The lead.
    pub lead: Login,
    /// The technical director.
    pub director: Login,
    /// The operators.
    pub operators: Vec<Login>,
}

/// The month's plans.
pub struct Planned {
    /// The plan of each site.
    pub plans: Vec<PlanId>,
    /// The items of each job.
    pub items: Vec<Vec<PlanItemId>>,
    /// The detectors of the first site, which the first operator tests at the end of the month.
    pub detectors: (PlanId, PlanItemId),
}

/// What a role is called.
pub const fn role_text(role: Category) -> Text {
    match role {
        Category::CompanyManager => Text::DemoRoleManager,
        Category::ProjectLead => Text::DemoRoleLead,
        Category::FieldOperator => Text::DemoRoleOperator,
    }
}

/// Founds the firm: a manager, a lead, a technical director, two operators, an owner, and a project at each site.
///
/// # Errors
/// The server refuses the file.
pub async fn found(app: &App, schedule: &Schedule, teller: &Teller) -> Result<Firm, StoryError> {
    let file = file(schedule, teller);
    let options = FirmOptions { password: None, keep_passwords: true, each: Vec::new() };
    let made = firm::create(&app.office, file, &options).await.map_err(StoryError::at("found the firm"))?;
    let firm = Firm::of(made)?;
    firm.equip(app, schedule, teller).await?;
    teller.tell(
        Text::DemoFirmLoaded,
        &[
            ("firm", teller.say(Text::DemoFirm).into()),
            ("people", (OPERATORS + 3).into()),
            ("projects", firm.projects.len().into()),
        ],
    );
    Ok(firm)
}

fn file(schedule: &Schedule, teller: &Teller) -> Value {
    let begin = schedule.begin.china_day();
    let day = |years: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(begin.year() + years, month, day);
    let certificate = |kind: &str, level: u8, number: &str| {
        json!([{
            "kind": kind, "level": level, "number": number,
            "valid_from": day(-2, 1, 1), "valid_to": day(2, 12, 31),
        }])
    };
    let person = |name: Text, certificates: Value, category: Category, login: &str, phone: &str| {
        json!({
            "name": teller.say(name),
            "certificates": certificates,
            "account": { "phone": phone, "login": login, "category": category, "enabled": true },
        })
    };
    let engineer = certificate("registered_engineer", 1, "1630000001");
    let operator = |number: &str| certificate("facility_operator_cert", 4, number);
    json!({
        "organisation": {
            "name": teller.say(Text::DemoFirm),
            "uscc": "91630100MA7520AB1X",
            "national_registration_no": "QH-2020-0001",
            "service_types": ["maintenance_inspection"],
        },
        "people": [
            person(Text::DemoManager, json!([]), Category::CompanyManager, "wang", "13900000001"),
            person(Text::DemoLead, engineer, Category::ProjectLead, "li", "13900000002"),
            director(teller, certificate("registered_engineer", 1, "1630000002")),
            person(Text::DemoOperatorOne, operator("63010001"), Category::FieldOperator, "ma", "13900000003"),
            person(Text::DemoOperatorOther, operator("63010002"), Category::FieldOperator, "zhang", "13900000004"),
        ],
        "owners": [{
            "name": teller.say(Text::DemoOwner),
            "city": teller.say(Text::DemoOwnerCity),
            "address": teller.say(Text::DemoOwnerAddress),
            "contracts": [{
                "name": teller.say(Text::DemoContract),
                "kind": "maintenance",
                "sign_date": day(0, 1, 1),
                "end_date": day(1, 12, 31),
                "projects": schedule.sites.iter().enumerate().map(|(number, site)| project(number, *site, teller))
                    .collect::<Vec<_>>(),
            }],
        }],
    })
}

/// The technical director files reports, and leads no project.
fn director(teller: &Teller, certificates: Value) -> Value {
    json!({
        "name": teller.say(Text::DemoDirector),
        "certificates": certificates,
        "account": {
            "phone": "13900000005", "login": "zhao", "category": Category::ProjectLead, "enabled": true,
            "technical_director": true,
        },
    })
}

fn project(number: usize, site: Position, teller: &Teller) -> Value {
    let name = match number {
        0 => teller.say(Text::DemoProject),
        _ => teller.say_with(Text::DemoProjectNumbered, &[("number", (number + 1).into())]),
    };
    json!({
        "name": name,
        "city": teller.say(Text::DemoOwnerCity),
        "address": teller.say(Text::DemoOwnerAddress),
        "lead": "li",
        "location": { "datum": "wgs84", "lat": degrees(site.lat_e6()), "lon": degrees(site.lon_e6()) },
        "fence_radius_m": FENCE_M,
        "buildings": [{
            "name": teller.say(Text::DemoBuilding),
            "area_m2": "21600", "area_above_m2": "18000", "area_below_m2": "3600",
            "floors_above": 18, "floors_below": 2, "height_m": "62.4",
            "water_storage": [
                { "kind": "pool", "position": teller.say(Text::DemoWaterPosition), "capacity_m3": "432" },
            ],
        }],
        "facilities": FACILITIES,
        "jurisdiction": { "name": teller.say(Text::DemoJurisdiction), "level": "brigade" },
        "key_unit": "",
    })
}

/// A whole number of 10^-6 degree as a decimal text.
fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let (whole, part) = (e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000);
    format!("{sign}{whole}.{part:06}")
}

impl Firm {
    fn of(made: Created) -> Result<Self, StoryError> {
        let of_category = |category: Category| -> Vec<(AccountId, Login)> {
            let held = made.accounts.iter().filter(|account| account.category == category);
            held.map(|account| {
                let (login, password) = (account.login.clone(), account.password.clone());
                (account.id, Login { role: category, login, password })
            })
            .collect()
        };
        let none = || StoryError::new("found the firm", "an account is missing");
        let (manager_account, manager) = of_category(Category::CompanyManager).pop().ok_or_else(none)?;
        let mut leads = of_category(Category::ProjectLead);
        let (_, director) = leads.pop().ok_or_else(none)?;
        let (_, lead) = leads.pop().ok_or_else(none)?;
        let (operator_accounts, operators) = of_category(Category::FieldOperator).into_iter().unzip();
        let (org, projects) = (made.org, made.projects);
        Ok(Self { org, manager_account, operator_accounts, projects, manager, lead, director, operators })
    }

    /// Everybody who can sign in.
    pub fn accounts(&self) -> Vec<Login> {
        [&self.manager, &self.lead, &self.director].into_iter().chain(&self.operators).cloned().collect()
    }

    /// The project at the first site.
    ///
    /// # Errors
    /// There is none.
    pub fn first_project(&self) -> Result<ProjectId, StoryError> {
        self.projects.first().copied().ok_or_else(|| StoryError::new("find a project", "none"))
    }

    /// The account of an operator.
    ///
    /// # Errors
    /// There is no such operator.
    pub fn operator(&self, number: usize) -> Result<AccountId, StoryError> {
        self.operator_accounts.get(number).copied().ok_or_else(|| StoryError::new("find an account", "none"))
    }

    fn act(&self, app: &App) -> Result<Act, StoryError> {
        let request = RequestId(uuid_v7(&app.clock).map_err(StoryError::at("make an id"))?);
        let actor = Actor {
            account: self.manager_account,
            organisation: Some(self.org.id()),
            role: Category::CompanyManager.into(),
            technical_director: false,
            enabled: true,
        };
        Ok(Act { org: self.org, keys: app.keyring.clone(), actor, request, at: app.clock.now() })
    }

    /// The manager lists the instrument that the operators measure with.
    ///
    /// # Errors
    /// The server refuses.
    async fn equip(&self, app: &App, schedule: &Schedule, teller: &Teller) -> Result<(), StoryError> {
        let (number, kind) = (teller.say(Text::DemoInstrumentNumber), teller.say(Text::DemoInstrument));
        let begin = schedule.begin.china_day();
        let day = |years| NaiveDate::from_ymd_opt(begin.year() + years, 1, 1).unwrap_or(begin);
        let instrument = Instrument { number, kind, calibrated: day(0), valid_to: day(2) };
        let kept = instrument::keep(&app.store, self.act(app)?, instrument::Keep { instrument }).await;
        kept.map_err(StoryError::at("list an instrument"))
    }

    /// The manager makes the month's plan of each site and issues each job's share of its items.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn plan(&self, app: &App, schedule: &Schedule, month: Month) -> Result<Planned, StoryError> {
        let mut plans = Vec::new();
        let mut items = vec![Vec::new(); schedule.jobs.len()];
        let mut detectors = None;
        for (site, project) in self.projects.iter().copied().enumerate() {
            let wanted = plan::Create { project, nature: Nature::Month, month };
            let made = plan::create(&app.store, &app.clock, self.act(app)?, wanted).await;
            let made = made.map_err(StoryError::at("make a plan"))?;
            let jobs: Vec<usize> = schedule
                .jobs
                .iter()
                .enumerate()
                .filter(|(_, job)| job.site == site)
                .map(|(number, _)| number)
                .collect();
            let (detector, all) = items_of(app, self.org, made).await?;
            detectors = detectors.or_else(|| detector.map(|item| (made, item)));
            for (number, item) in all.iter().enumerate() {
                let job = jobs.get(number * jobs.len() / all.len().max(1));
                if let Some(share) = job.and_then(|job| items.get_mut(*job)) {
                    share.push(*item);
                }
            }
            for (operator, executor) in self.operator_accounts.iter().copied().enumerate() {
                let own =
                    jobs.iter().filter(|job| schedule.jobs.get(**job).is_some_and(|job| job.operator == operator));
                let detector = detector.filter(|_| site == 0 && operator == 0);
                let share = own.filter_map(|job| items.get(*job)).flatten().copied().chain(detector);
                let share: Vec<PlanItemId> = share.collect();
                if !share.is_empty() {
                    let issue = plan::Issue { plan: made, items: share, facilities: Vec::new(), executor };
                    let issued = plan::issue(&app.store, self.act(app)?, issue).await;
                    issued.map_err(StoryError::at("issue a plan"))?;
                }
            }
            plans.push(made);
        }
        let detectors = detectors.ok_or_else(|| StoryError::new("plan", "no detectors"))?;
        Ok(Planned { plans, items, detectors })
    }
}

/// The item of the detectors, and all others.
async fn items_of(app: &App, org: Org, made: PlanId) -> Result<(Option<PlanItemId>, Vec<PlanItemId>), StoryError> {
    let read = app.store.read("read_plan", async move |tx: &mut Tx| query::plan::plan(tx, org, made).await);
    let row = read.await.map_err(|error: StoreError| StoryError::at("read a plan")(error))?;
    let row = row.ok_or_else(|| StoryError::new("read a plan", "it is not there"))?;
    let (detectors, others): (Vec<_>, Vec<_>) = row.plan.items.iter().partition(|item| item.item_id == DETECTOR);
    Ok((detectors.first().map(|item| item.id), others.iter().map(|item| item.id).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_work_for_many_tasks_measured_and_chosen() {
        assert!((15..40).contains(&items_a_site()), "{}", items_a_site());
    }

    #[test]
    fn a_place_is_written_in_degrees_without_a_rounding() {
        assert_eq!([45_772_163, -14, 101_000_000].map(degrees), ["45.772163", "-0.000014", "101.000000"]);
    }
}
