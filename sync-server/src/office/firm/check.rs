//! Builds the nouns of a firm from its file, with the checks of the domain. Pure, except for the ids that it is given.

use super::{
    Errors, FirmError,
    file::{ContractFile, FirmFile, OrganisationFile, OwnerFile, PersonFile, element},
};
use chrono::NaiveDate;
use firebee_domain::{
    account::{Account, Category, NewAccount, new_account},
    catalogue::Catalogue,
    code::Code,
    contract::{self, Contract},
    id::{AccountId, ContractId, OrganisationId, OwnerId, PersonId, ProjectId, RegulatorUnitId},
    organisation::{Organisation, RegulatorUnit, appoint_technical_director},
    owner::{self, Owner},
    personnel::Person,
    project::{Particulars, Project},
    text,
    time::Cutoff,
};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The most characters of an organisation's name.
const ORGANISATION_NAME_MAX: u32 = 200;
/// The characters of a unified social credit code.
const USCC_LENGTH: u32 = 18;
/// The most characters of other names and numbers.
pub(super) const NAME_MAX: u32 = 100;

/// A firm that can be written.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub organisation: Organisation,
    pub people: Vec<Person>,
    pub accounts: Vec<(Account, Category)>,
    pub owners: Vec<Owner>,
    pub contracts: Vec<Contract>,
    pub projects: Vec<Project>,
    /// Of those projects whose file says some.
    pub particulars: BTreeMap<ProjectId, Particulars>,
    pub units: BTreeMap<RegulatorUnitId, RegulatorUnit>,
}

/// What the checks need to know beside the file.
pub(super) struct Ground<'a> {
    pub today: NaiveDate,
    pub catalogue: &'a Catalogue,
    /// the radius of a fence whose project names none, in metres.
    pub fence_radius_m: u32,
    /// Makes ids; the caller has the random bytes.
    pub id: &'a dyn Fn() -> Uuid,
}

/// A file that is being checked.
pub(super) struct Checking<'a> {
    pub ground: &'a Ground<'a>,
    pub errors: Errors,
    pub draft: Draft,
    /// The logins, without blanks, of people and accounts that have errors of their own.
    pub broken: Vec<String>,
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
        cutoff: Cutoff::default(),
        profile: None,
    };
    let draft = Draft {
        organisation,
        people: Vec::new(),
        accounts: Vec::new(),
        owners: Vec::new(),
        contracts: Vec::new(),
        projects: Vec::new(),
        particulars: BTreeMap::new(),
        units: BTreeMap::new(),
    };
    let mut checking = Checking { ground, errors, draft, broken: Vec::new() };
    checking.organisation(file.organisation);
    for (n, person) in file.people.into_iter().enumerate() {
        checking.person(&format!("people[{n}]"), person);
    }
    for (n, owner) in file.owners.into_iter().enumerate() {
        checking.owner(&format!("owners[{n}]"), owner);
    }
    if checking.errors.0.is_empty() { Ok(checking.draft) } else { Err(checking.errors.0) }
}

/// What a person of the file would sign in as, without blanks: the login, or else the phone number.
fn login_of(person: &Value) -> Option<String> {
    let account = person.get("account")?;
    let written = ["login", "phone"].into_iter().filter_map(|key| account.get(key)?.as_str());
    written.map(|login| login.split_whitespace().collect()).find(|login: &String| !login.is_empty())
}

impl Checking<'_> {
    pub(super) fn text(&mut self, path: String, typed: &str, limit: u32) -> String {
        self.errors.take(path, text::name(typed, limit)).unwrap_or_default()
    }

    fn organisation(&mut self, value: Value) {
        let Some(file) = element::<OrganisationFile>(&mut self.errors, "organisation", value) else { return };
        self.draft.organisation.name = self.text("organisation.name".into(), &file.name, ORGANISATION_NAME_MAX);
        self.draft.organisation.uscc = self.text("organisation.uscc".into(), &file.uscc, USCC_LENGTH);
        self.draft.organisation.national_registration_no = file
            .national_registration_no
            .map(|number| self.text("organisation.national_registration_no".into(), &number, NAME_MAX));
        self.draft.organisation.service_types = file.service_types;
        self.draft.organisation.cutoff = file.cutoff;
        if !self.draft.organisation.may_be_activated() {
            self.errors.add("organisation", Code::OrganisationNotRegistered, "");
        }
    }

    fn person(&mut self, path: &str, value: Value) {
        let (told, login) = (self.errors.0.len(), login_of(&value));
        self.checked_person(path, value);
        self.broken.extend(login.filter(|_| self.errors.0.len() > told));
    }

    fn checked_person(&mut self, path: &str, value: Value) {
        let Some(file) = element::<PersonFile>(&mut self.errors, path, value) else { return };
        let (id, organisation) = (PersonId((self.ground.id)()), self.draft.organisation.id);
        let person = Person::new(id, organisation, file.name, file.certificates);
        let Some(person) = self.errors.take(path, person.checked()) else { return };
        if let Some(wanted) = file.account {
            let path = format!("{path}.account");
            let new = NewAccount {
                id: AccountId((self.ground.id)()),
                person: &person,
                phone: &wanted.phone,
                login: &wanted.login,
                category: wanted.category,
            };
            let made = new_account(&new, self.ground.today);
            if let Some(mut account) = self.errors.take(&path, made) {
                // a new account is disabled. The file says whether it is opened.
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
        if let Some(organisation) = self.errors.take(path, appointed) {
            self.draft.organisation = organisation;
        }
    }

    fn account(&mut self, path: &str, account: Account, category: Category) {
        if self.draft.accounts.iter().any(|(other, _)| other.login() == account.login()) {
            self.errors.add(path, Code::LoginTaken, account.login().as_str());
        }
        self.draft.accounts.push((account, category));
    }

    fn owner(&mut self, path: &str, value: Value) {
        let Some(file) = element::<OwnerFile>(&mut self.errors, path, value) else { return };
        let (id, organisation) = (OwnerId((self.ground.id)()), self.draft.organisation.id);
        let owner = Owner { id, organisation, name: file.name, city: file.city, address: file.address };
        match owner::checked(&owner) {
            // a name stands once.
            Ok(owner) if self.draft.owners.iter().any(|other| other.name == owner.name) => {
                self.errors.add(format!("{path}.name"), Code::OwnerNameTaken, owner.name);
            }
            Ok(owner) => self.draft.owners.push(owner),
            Err(wrong) => self.errors.all(path, &wrong),
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
            files: Vec::new(),
            end: None,
        };
        let checked = contract::checked(&contract, &self.draft.organisation);
        let checked = checked.map_err(|wrong| self.errors.all(path, &wrong)).ok();
        for (n, project) in file.projects.into_iter().enumerate() {
            self.project(&format!("{path}.projects[{n}]"), &contract, project);
        }
        self.draft.contracts.extend(checked);
    }
}
