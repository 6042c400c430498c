//! From a firm's file to its nouns, with the domain's own checks. Pure but for the ids it is given.

use super::{
    Errors, FirmError,
    file::{
        BuildingFile, ContractFile, FirmFile, LocationFile, OrganisationFile, OwnerFile, PersonFile, ProjectFile,
        element,
    },
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Account, Category, NewAccount, Role, new_account},
    building::Building,
    catalogue::Catalogue,
    contract::{self, Contract},
    geofence::{Geofence, Location, Position},
    id::{AccountId, BuildingId, ContractId, OrganisationId, OwnerId, PersonId, ProjectId, RegulatorUnitId},
    measure::Decimal,
    organisation::{Organisation, RegulatorUnit, appoint_technical_director},
    owner::{self, Owner},
    personnel::Person,
    project::{KeyUnit, PROJECT_TEXT_LENGTH_MAX, Project, needs_first_month_choice, put_building, tick, usage},
    text,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The most characters of an organisation's name.
const ORGANISATION_NAME_MAX: u32 = 200;
/// The characters of a unified social credit code.
const USCC_LENGTH: u32 = 18;
/// The most characters of other names and numbers.
const NAME_MAX: u32 = 100;
/// Names of units are turned into ids under this namespace, so that two firms name the same unit.
const UNITS: Uuid = Uuid::from_u128(0x8f6b_55b1_6d0e_4c39_9c5e_20a6_1d27_b3f4);

/// A firm that can be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub organisation: Organisation,
    pub people: Vec<Person>,
    pub accounts: Vec<(Account, Category)>,
    pub owners: Vec<Owner>,
    pub contracts: Vec<Contract>,
    pub projects: Vec<Project>,
    pub units: BTreeMap<RegulatorUnitId, RegulatorUnit>,
}

/// What the checks need to know beside the file.
pub(super) struct Ground<'a> {
    pub today: NaiveDate,
    pub catalogue: &'a Catalogue,
    /// Makes ids; the caller has the random bytes.
    pub id: &'a dyn Fn() -> Uuid,
}

struct Checking<'a> {
    ground: &'a Ground<'a>,
    errors: Errors,
    draft: Draft,
}

/// Checks a whole file; everything that is wrong is told at once.
pub(super) fn check(file: Value, ground: &Ground<'_>) -> Result<Draft, Vec<FirmError>> {
    let mut errors = Errors::default();
    let Some(file) = element::<FirmFile>(&mut errors, "$", file) else { return Err(errors.0) };
    let organisation = Organisation {
        id: OrganisationId((ground.id)()),
        name: String::new(),
        uscc: String::new(),
        national_registration_no: None,
        service_types: Vec::new(),
        technical_director: None,
    };
    let draft = Draft {
        organisation,
        people: Vec::new(),
        accounts: Vec::new(),
        owners: Vec::new(),
        contracts: Vec::new(),
        projects: Vec::new(),
        units: BTreeMap::new(),
    };
    let mut checking = Checking { ground, errors, draft };
    checking.organisation(file.organisation);
    for (n, person) in file.people.into_iter().enumerate() {
        checking.person(&format!("people[{n}]"), person);
    }
    for (n, owner) in file.owners.into_iter().enumerate() {
        checking.owner(&format!("owners[{n}]"), owner);
    }
    if checking.errors.0.is_empty() { Ok(checking.draft) } else { Err(checking.errors.0) }
}

impl Checking<'_> {
    fn text(&mut self, path: String, typed: &str, limit: u32) -> String {
        let checked = text::required(typed, limit);
        checked.map_err(|error| self.errors.add(path, error.code(), limit.to_string())).unwrap_or_default()
    }

    fn organisation(&mut self, value: Value) {
        let Some(file) = element::<OrganisationFile>(&mut self.errors, "organisation", value) else { return };
        self.draft.organisation.name = self.text("organisation.name".into(), &file.name, ORGANISATION_NAME_MAX);
        self.draft.organisation.uscc = self.text("organisation.uscc".into(), &file.uscc, USCC_LENGTH);
        self.draft.organisation.national_registration_no = file
            .national_registration_no
            .map(|number| self.text("organisation.national_registration_no".into(), &number, NAME_MAX));
        self.draft.organisation.service_types = file.service_types;
        if !self.draft.organisation.may_be_activated() {
            self.errors.add("organisation", "organisation_not_registered", "");
        }
    }

    fn person(&mut self, path: &str, value: Value) {
        let Some(file) = element::<PersonFile>(&mut self.errors, path, value) else { return };
        let person = Person {
            id: PersonId((self.ground.id)()),
            organisation: self.draft.organisation.id,
            name: file.name.trim().to_owned(),
            certificates: file.certificates,
        };
        if self.errors.take(path, person.check().map_err(|error| error.code())).is_none() {
            return;
        }
        if let Some(wanted) = file.account {
            let path = format!("{path}.account");
            let new = NewAccount {
                id: AccountId((self.ground.id)()),
                person: &person,
                phone: &wanted.phone,
                login: &wanted.login,
                category: wanted.category,
            };
            let made = new_account(&new, self.ground.today).map_err(|error| error.code());
            if let Some(mut account) = self.errors.take(&path, made) {
                // a new account is disabled; opening it is a decision of its own.
                account.enabled = wanted.enabled;
                if wanted.technical_director {
                    self.appoint(&path, &account, &person);
                }
                self.account(&path, account, wanted.category);
            }
        }
        self.draft.people.push(person);
    }

    fn appoint(&mut self, path: &str, account: &Account, person: &Person) {
        let appointed = appoint_technical_director(&self.draft.organisation, account, person, self.ground.today);
        if let Some(organisation) = self.errors.take(path, appointed.map_err(|error| error.code())) {
            self.draft.organisation = organisation;
        }
    }

    fn account(&mut self, path: &str, account: Account, category: Category) {
        if self.draft.accounts.iter().any(|(other, _)| other.login() == account.login()) {
            self.errors.add(path, "login_taken", account.login().as_str());
        }
        self.draft.accounts.push((account, category));
    }

    fn owner(&mut self, path: &str, value: Value) {
        let Some(file) = element::<OwnerFile>(&mut self.errors, path, value) else { return };
        let (id, organisation) = (OwnerId((self.ground.id)()), self.draft.organisation.id);
        let owner = Owner { id, organisation, name: file.name, city: file.city, address: file.address };
        if let Some(owner) = self.errors.take(path, owner::checked(&owner).map_err(|error| error.code())) {
            self.draft.owners.push(owner);
        }
        for (n, contract) in file.contracts.into_iter().enumerate() {
            self.contract(&format!("{path}.contracts[{n}]"), id, contract);
        }
    }

    fn contract(&mut self, path: &str, owner: OwnerId, value: Value) {
        let Some(file) = element::<ContractFile>(&mut self.errors, path, value) else { return };
        let contract = Contract {
            id: ContractId((self.ground.id)()),
            organisation: self.draft.organisation.id,
            owner,
            name: file.name,
            kind: file.kind,
            sign_date: file.sign_date,
            end_date: file.end_date,
        };
        let checked = contract::checked(&contract, &self.draft.organisation).map_err(|error| error.code());
        let checked = self.errors.take(path, checked);
        for (n, project) in file.projects.into_iter().enumerate() {
            self.project(&format!("{path}.projects[{n}]"), &contract, project);
        }
        self.draft.contracts.extend(checked);
    }

    fn project(&mut self, path: &str, contract: &Contract, value: Value) {
        let Some(file) = element::<ProjectFile>(&mut self.errors, path, value) else { return };
        let lead = self.lead(path, &file.lead);
        let (location, fence_radius_m) = (self.location(path, &file), file.fence_radius_m);
        let first_month = needs_first_month_choice(contract.sign_date, file.first_month);
        self.errors.take(format!("{path}.first_month"), first_month.map_err(|error| error.code()));
        let project = Project {
            id: ProjectId((self.ground.id)()),
            organisation: contract.organisation,
            contract: contract.id,
            kind: contract.kind,
            special_site: file.special_site,
            owner: contract.owner,
            name: self.text(format!("{path}.name"), &file.name, PROJECT_TEXT_LENGTH_MAX),
            city: self.text(format!("{path}.city"), &file.city, PROJECT_TEXT_LENGTH_MAX),
            address: self.text(format!("{path}.address"), &file.address, PROJECT_TEXT_LENGTH_MAX),
            lead,
            location,
            fence_radius_m,
            buildings: Vec::new(),
            facilities: Vec::new(),
            jurisdiction: file.jurisdiction.as_ref().and_then(|unit| {
                let name = self.text(format!("{path}.jurisdiction.name"), &unit.name, NAME_MAX);
                (!name.is_empty()).then(|| self.unit(name, unit.level))
            }),
            key_unit: file.key_unit.as_ref().map(|name| match name.trim() {
                "" => KeyUnit::NoMatch,
                _ => KeyUnit::Listed(self.text(format!("{path}.key_unit"), name, NAME_MAX)),
            }),
            sign_date: contract.sign_date,
            end_date: contract.end_date,
            first_month: file.first_month,
            termination: None,
            design_values: self.design_values(path, &file),
        };
        let project = self.buildings(path, project, file.buildings);
        let project = self.facilities(path, project, &file.systems, file.facilities);
        self.draft.projects.push(project);
    }

    /// an open account of category project lead.
    fn lead(&mut self, path: &str, login: &str) -> Option<AccountId> {
        let found = self.draft.accounts.iter().find(|(account, _)| account.login().as_str() == login.trim());
        let lead = found.filter(|(account, _)| account.role == Role::ProjectLead && account.enabled);
        if lead.is_none() {
            self.errors.add(format!("{path}.lead"), "lead_not_allowed", login);
        }
        lead.map(|(account, _)| account.id)
    }

    fn location(&mut self, path: &str, file: &ProjectFile) -> Option<Location> {
        let LocationFile { datum, lat, lon } = file.location.as_ref()?;
        // A decimal is scaled by 10^6, as positions are.
        let e6 = |degrees: &Decimal| i32::try_from(degrees.scaled()).unwrap_or(i32::MAX);
        let place = Position::new(e6(lat), e6(lon)).map(|place| Location::new(*datum, place));
        let place = self.errors.take(format!("{path}.location"), place.map_err(|error| error.code()))?;
        let fence = Geofence::new(place, file.fence_radius_m).map_err(|error| error.code());
        self.errors.take(format!("{path}.fence_radius_m"), fence).map(|_| place)
    }

    fn unit(&mut self, name: String, level: firebee_domain::organisation::RegulatorLevel) -> RegulatorUnitId {
        let id = RegulatorUnitId(Uuid::new_v5(&UNITS, name.as_bytes()));
        self.draft.units.entry(id).or_insert(RegulatorUnit { id, name, level, parent: None });
        id
    }

    fn design_values(&mut self, path: &str, file: &ProjectFile) -> Vec<firebee_domain::project::DesignValue> {
        for (n, value) in file.design_values.iter().enumerate() {
            let known = self.ground.catalogue.item(&value.item_id);
            if known.is_none() {
                self.errors.add(format!("{path}.design_values[{n}].item_id"), "field_malformed", &value.item_id);
            }
        }
        file.design_values.clone()
    }

    fn buildings(&mut self, path: &str, project: Project, buildings: Vec<Value>) -> Project {
        buildings.into_iter().enumerate().fold(project, |project, (n, value)| {
            let path = format!("{path}.buildings[{n}]");
            let Some(file) = element::<BuildingFile>(&mut self.errors, &path, value) else { return project };
            let building = building(BuildingId((self.ground.id)()), file);
            let put = put_building(&project, &building).map_err(|error| error.code());
            self.errors.take(path, put).unwrap_or(project)
        })
    }

    fn facilities(&mut self, path: &str, project: Project, systems: &[String], mut wanted: Vec<String>) -> Project {
        let usage = usage(project.kind, project.special_site);
        for (n, code) in systems.iter().enumerate() {
            let Some(system) = self.ground.catalogue.systems_for(usage).find(|system| system.code == *code) else {
                self.errors.add(format!("{path}.systems[{n}]"), "facility_not_allowed", code);
                continue;
            };
            let facilities = system.categories.iter().flat_map(|category| &category.facilities);
            wanted.extend(facilities.map(|facility| facility.code.clone()));
        }
        let unique: BTreeSet<&String> = wanted.iter().collect();
        if unique.is_empty() {
            return project;
        }
        match tick(&project, self.ground.catalogue, &wanted) {
            Ok(ticked) => ticked,
            Err(error) => {
                self.errors.add(format!("{path}.facilities"), error.code(), error.facilities.join(", "));
                project
            }
        }
    }
}

fn building(id: BuildingId, file: BuildingFile) -> Building {
    Building {
        id,
        name: file.name,
        area_m2: file.area_m2,
        area_above_m2: file.area_above_m2,
        area_below_m2: file.area_below_m2,
        floors_above: file.floors_above,
        floors_below: file.floors_below,
        height_m: file.height_m,
        water_supply: !file.water_storage.is_empty(),
        water_storage: file.water_storage,
        partly_covered: file.partly_covered,
        remark: file.remark,
    }
}
