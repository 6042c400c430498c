//! Every noun of a new firm is checked by the domain, and names are turned into ids.

use super::new::{NewBuilding, NewFirm, NewPerson, NewProject};
use crate::{auth::password::PasswordError, clock::Clock, random::uuid_v7, store::StoreError};
use firebee_domain::{
    account::{self, Account, AccountError, Category, Role},
    building::Building,
    contract::{self, Contract, ContractError},
    geofence::{Geofence, GeofenceError, Location, Position},
    id::{AccountId, BuildingId, ContractId, OrganisationId, OwnerId, PersonId, ProjectId},
    organisation::Organisation,
    owner::{self, Owner},
    personnel::{Person, PersonError},
    project::{self, BuildingChangeError, FirstMonthError, Project, TickError},
    text::{self, TextError},
};
use firebee_protocol::catalogue::Pack;
use uuid::Uuid;

/// Why a firm is not made; nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FirmError {
    /// A name is not fit to keep.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It is not registered nationally, or holds no service type.
    #[error("the organisation may not be activated")]
    OrganisationNotRegistered,
    /// A person's record.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// An account (R-027…R-030).
    #[error(transparent)]
    Account(#[from] AccountError),
    /// A password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The login is in use.
    #[error("the login {0} is in use")]
    LoginTaken(String),
    /// A contract.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// A contract names an owner, or a project a contract, that is not in the file.
    #[error("{0} is not in the file")]
    ReferenceUnknown(String),
    /// a project's lead is not an open account of a project lead.
    #[error("{0} is not the login of an open project lead")]
    LeadNotAllowed(String),
    /// A building.
    #[error(transparent)]
    Building(#[from] BuildingChangeError),
    /// The ticked facilities (R-087, R-090…R-092).
    #[error(transparent)]
    Tick(#[from] TickError),
    /// The place or the fence.
    #[error(transparent)]
    Geofence(#[from] GeofenceError),
    ///
    #[error(transparent)]
    FirstMonth(#[from] FirstMonthError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes")]
    Random,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FirmError {
    /// The stable code of this error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Text(error) => error.code(),
            Self::OrganisationNotRegistered => "organisation_not_registered",
            Self::Person(error) => error.code(),
            Self::Account(error) => error.code(),
            Self::Password(error) => error.code(),
            Self::LoginTaken(_) => "login_taken",
            Self::Contract(error) => error.code(),
            Self::ReferenceUnknown(_) => "reference_unknown",
            Self::LeadNotAllowed(_) => "lead_not_allowed",
            Self::Building(error) => error.code(),
            Self::Tick(error) => error.code(),
            Self::Geofence(error) => error.code(),
            Self::FirstMonth(error) => error.code(),
            Self::Random => "entropy_unavailable",
            Self::Store(error) => error.code(),
        }
    }
}

impl From<getrandom::Error> for FirmError {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}

/// A firm that may be kept.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub organisation: Organisation,
    pub people: Vec<Person>,
    /// Each with the number of its person.
    pub accounts: Vec<(usize, Account)>,
    pub owners: Vec<Owner>,
    pub contracts: Vec<Contract>,
    pub projects: Vec<Project>,
}

const ORGANISATION_NAME_MAX: u32 = 200;

pub(super) fn check(new: &NewFirm, clock: &Clock, fence_radius_m: u32) -> Result<Checked, FirmError> {
    let organisation = Organisation {
        id: OrganisationId(fresh(clock)?),
        name: text::required(&new.name, ORGANISATION_NAME_MAX)?,
        uscc: text::required(&new.uscc, ORGANISATION_NAME_MAX)?,
        national_registration_no: Some(text::required(&new.national_registration_no, ORGANISATION_NAME_MAX)?),
        service_types: new.service_types.clone(),
        technical_director: None,
    };
    if !organisation.may_be_activated() {
        return Err(FirmError::OrganisationNotRegistered);
    }
    let mut firm = Checked {
        organisation,
        people: Vec::new(),
        accounts: Vec::new(),
        owners: Vec::new(),
        contracts: Vec::new(),
        projects: Vec::new(),
    };
    for person in &new.people {
        firm.add_person(person, clock)?;
    }
    for owner in &new.owners {
        let organisation = firm.organisation.id;
        let (name, city, address) = (owner.name.clone(), owner.city.clone(), owner.address.clone());
        firm.owners.push(owner::checked(&Owner { id: OwnerId(fresh(clock)?), organisation, name, city, address })?);
    }
    for given in &new.contracts {
        let owner = named(&firm.owners, &given.owner, |owner| &owner.name)?.id;
        let contract = Contract {
            id: ContractId(fresh(clock)?),
            organisation: firm.organisation.id,
            owner,
            name: given.name.clone(),
            kind: given.kind,
            sign_date: given.sign_date,
            end_date: given.end_date,
        };
        firm.contracts.push(contract::checked(&contract, &firm.organisation)?);
    }
    for given in &new.projects {
        let project = firm.project(given, clock, fence_radius_m)?;
        firm.projects.push(project);
    }
    Ok(firm)
}

impl Checked {
    fn add_person(&mut self, new: &NewPerson, clock: &Clock) -> Result<(), FirmError> {
        let person = Person {
            id: PersonId(fresh(clock)?),
            organisation: self.organisation.id,
            name: new.name.clone(),
            certificates: new.certificates.clone(),
        };
        person.check()?;
        if let Some(given) = &new.account {
            let wanted = account::NewAccount {
                id: AccountId(fresh(clock)?),
                person: &person,
                phone: &given.phone,
                login: &given.login,
                category: given.category,
            };
            let mut made = account::new_account(&wanted, clock.now().china_day())?;
            if self.accounts.iter().any(|(_, other)| other.login() == made.login()) {
                return Err(FirmError::LoginTaken(made.login().as_str().to_owned()));
            }
            made.enabled = given.enabled;
            self.accounts.push((self.people.len(), made));
        }
        self.people.push(person);
        Ok(())
    }

    fn project(&self, new: &NewProject, clock: &Clock, fence_radius_m: u32) -> Result<Project, FirmError> {
        let contract = named(&self.contracts, &new.contract, |contract| &contract.name)?;
        let owner = self.owners.iter().find(|owner| owner.id == contract.owner);
        let of_owner = |part: fn(&Owner) -> &String| owner.map(part).cloned().unwrap_or_default();
        let lead = self.accounts.iter().map(|(_, account)| account).find(|held| held.login().as_str() == new.lead);
        let lead = lead.filter(|held| held.enabled && held.role == Role::from(Category::ProjectLead));
        let lead = lead.ok_or_else(|| FirmError::LeadNotAllowed(new.lead.clone()))?;
        project::needs_first_month_choice(contract.sign_date, new.first_month)?;
        let location =
            new.location.map(|at| Position::new(at.lat_e6, at.lon_e6).map(|entered| Location::new(at.datum, entered)));
        let location = location.transpose()?;
        let radius_m = new.fence_radius_m.unwrap_or(fence_radius_m);
        location.map(|center| Geofence::new(center, Some(radius_m))).transpose()?;
        let text = |typed: &str| text::required(typed, project::PROJECT_TEXT_LENGTH_MAX);
        let mut project = Project {
            id: ProjectId(fresh(clock)?),
            organisation: self.organisation.id,
            contract: contract.id,
            kind: contract.kind,
            special_site: new.special_site,
            owner: contract.owner,
            name: text(&new.name)?,
            city: text(&new.city.clone().unwrap_or_else(|| of_owner(|owner| &owner.city)))?,
            address: text(&new.address.clone().unwrap_or_else(|| of_owner(|owner| &owner.address)))?,
            lead: Some(lead.id),
            location,
            fence_radius_m: Some(radius_m),
            buildings: Vec::new(),
            facilities: Vec::new(),
            jurisdiction: new.jurisdiction,
            key_unit: new.key_unit.clone(),
            sign_date: contract.sign_date,
            end_date: contract.end_date,
            first_month: new.first_month,
            termination: None,
            design_values: new.design_values.clone(),
        };
        for building in &new.buildings {
            project = project::put_building(&project, &built(building, BuildingId(fresh(clock)?)))?;
        }
        Ok(project::tick(&project, &Pack::embedded().catalogue, &new.facilities)?)
    }
}

fn built(new: &NewBuilding, id: BuildingId) -> Building {
    Building {
        id,
        name: new.name.clone(),
        area_m2: new.area_m2,
        area_above_m2: new.area_above_m2,
        area_below_m2: new.area_below_m2,
        floors_above: new.floors_above,
        floors_below: new.floors_below,
        height_m: new.height_m,
        water_supply: !new.water_storage.is_empty(),
        water_storage: new.water_storage.clone(),
        partly_covered: new.covered_part.is_some(),
        remark: new.covered_part.clone().unwrap_or_default(),
    }
}

fn named<'a, T>(held: &'a [T], name: &str, of: impl Fn(&T) -> &String) -> Result<&'a T, FirmError> {
    held.iter().find(|one| of(one) == name).ok_or_else(|| FirmError::ReferenceUnknown(name.to_owned()))
}

fn fresh(clock: &Clock) -> Result<Uuid, FirmError> {
    Ok(uuid_v7(clock)?)
}
