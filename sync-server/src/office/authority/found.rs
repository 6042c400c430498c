//! The administrator founds the fire service of a province: its units as a tree, and the first accounts of its people
//! . The same file again adds what it lacks.

use crate::{
    keys::{KeyError, Keys, Seal},
    office::{
        Office,
        act::{Noted, note},
        firm::{number, write::login_is_free},
        personnel::keep::keep,
        rule::rules,
    },
    org::Org,
    password::{self, PasswordError, check_new},
    query,
    random::{uuid_v4, uuid_v7},
    row, sql,
    store::{StoreError, Tx, json},
};
use firebee_domain::{
    account::{AccountError, Login, Role, checked_phone},
    code::Code,
    id::{AccountId, IncarnationId, OrganisationId, PersonId, RegulatorUnitId, RequestId},
    organisation::{Organisation, RegulatorLevel, RegulatorUnit},
    personnel::{NAME_LENGTH_MAX, Person},
    spelling::Spelled,
    text::{self, NAME_MAX, TextError},
    time::{Cutoff, Timestamp},
};
use serde::Deserialize;
use std::sync::Arc;

/// The fire service of a province, as its file describes it. `docs/operations.md` has an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityFile {
    /// The corps and the units below it; each stands behind the one above it.
    pub units: Vec<UnitFile>,
    /// Who gets an account.
    #[serde(default)]
    pub people: Vec<OfficerFile>,
}

/// A unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    /// Its name, as projects name it.
    pub name: String,
    /// Corps, detachment or brigade.
    pub level: RegulatorLevel,
    /// The name of the unit above it; none for the corps.
    #[serde(default)]
    pub above: Option<String>,
}

/// Somebody of a unit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerFile {
    /// The name.
    pub name: String,
    /// The phone number; the login unless one is given.
    pub phone: String,
    /// What to sign in as.
    #[serde(default)]
    pub login: String,
    /// The name of the unit.
    pub unit: String,
}

/// An account that was made, with the password that nobody will be told again.
#[derive(Clone)]
pub struct OfficerAccount {
    /// What to sign in as.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Why nothing is founded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoundError {
    /// The first unit is no corps, or a unit stands before the one above it.
    #[error("the first unit is no corps, or a unit stands before the one above it")]
    Tree,
    /// Somebody's unit is not in the file.
    #[error("somebody's unit is not in the file")]
    NoUnit,
    /// A name.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A phone number or a login.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Another account has this login.
    #[error("the login {0} is taken")]
    LoginTaken(String),
    /// A given password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The key cannot be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The database, or no random bytes.
    #[error(transparent)]
    Store(#[from] StoreError),
}

rules! { FoundError [Text, Password], }

impl FoundError {
    /// The stable code of this error.
    pub fn code(&self) -> Code {
        match self {
            Self::Tree | Self::NoUnit => Code::FieldMalformed,
            Self::Text(error) => error.code(),
            Self::Account(error) => error.code(),
            Self::LoginTaken(_) => Code::LoginTaken,
            Self::Password(error) => error.code(),
            Self::Key(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Somebody whose texts are checked and whose password is hashed.
struct Officer {
    id: AccountId,
    person: PersonId,
    name: String,
    phone: String,
    login: Login,
    unit: String,
    hash: String,
}

/// Founds the fire service, or adds to it. `password` is that of every account; without one each gets a random one. The
/// first sign-in asks for another password unless `keep_passwords`.
///
/// # Errors
/// See [`FoundError`].
pub async fn found(
    office: &Office,
    file: AuthorityFile,
    (password, keep_passwords): (Option<String>, bool),
) -> Result<Vec<OfficerAccount>, FoundError> {
    let lost = |error: getrandom::Error| StoreError::Lost(error.to_string());
    password.iter().try_for_each(|password| check_new(password))?;
    let units = units(&file)?;
    let (mut officers, mut told) = (Vec::new(), Vec::new());
    for wanted in &file.people {
        let password = match &password {
            Some(password) => password.clone(),
            None => password::random().map_err(lost)?,
        };
        let officer = officer(office, wanted, password.clone()).await?;
        if !units.iter().any(|unit| unit.name == officer.unit) {
            return Err(FoundError::NoUnit);
        }
        told.push(OfficerAccount { login: officer.login.as_str().to_owned(), password });
        officers.push(officer);
    }
    let organisation = OrganisationId(uuid_v7(&office.clock).map_err(lost)?);
    let incarnation = uuid_v4().map(IncarnationId).map_err(lost)?;
    let seal = Keys { incarnation, signing: office.keyring.make(organisation)? }.seal();
    let request = RequestId(uuid_v4().map_err(lost)?);
    let (writing, given) = (office.clone(), Arc::new((units, officers)));
    let now = office.clock.now();
    let job = async move |tx: &mut Tx| {
        let (units, officers) = &*given;
        let head = write_units(tx, units).await?;
        let org = of_head(tx, (organisation, seal), &head).await?;
        for officer in officers {
            write_officer(tx, org, officer, !keep_passwords, now).await?;
        }
        let body = serde_json::json!({ "accounts": officers.len(), "units": units.len() }).to_string();
        let (keys, kind, about) = (&writing.keyring, "found_authority", org.id().into());
        Ok(note(tx, Noted { org, keys, request, account: None, at: now, kind, about, body: &body }).await?)
    };
    office.store.write("found_authority", job).await.map(|()| told)
}

/// The units with their names fit to keep: the corps first, each behind the one above it.
fn units(file: &AuthorityFile) -> Result<Vec<UnitFile>, FoundError> {
    let mut units: Vec<UnitFile> = Vec::new();
    for unit in &file.units {
        let name = text::name(&unit.name, NAME_MAX)?;
        let above = unit.above.as_ref().map(|above| text::name(above, NAME_MAX)).transpose()?;
        let fits = match &above {
            None => units.is_empty() && unit.level == RegulatorLevel::Corps,
            Some(above) => units.iter().any(|known| known.name == *above),
        };
        if !fits {
            return Err(FoundError::Tree);
        }
        units.push(UnitFile { name, level: unit.level, above });
    }
    if units.is_empty() { Err(FoundError::Tree) } else { Ok(units) }
}

async fn officer(office: &Office, wanted: &OfficerFile, password: String) -> Result<Officer, FoundError> {
    let id = || uuid_v7(&office.clock).map_err(|error| StoreError::Lost(error.to_string()));
    let phone = checked_phone(&wanted.phone)?;
    let login = if text::is_blank(&wanted.login) { &phone } else { &wanted.login };
    Ok(Officer {
        id: AccountId(id()?),
        person: PersonId(id()?),
        name: text::name(&wanted.name, NAME_LENGTH_MAX)?,
        login: Login::new(login)?,
        unit: text::name(&wanted.unit, NAME_MAX)?,
        hash: office.passwords.hash(password).await?,
        phone,
    })
}

/// Writes the tree. A unit that a project has named before keeps its id and gets its place. Returns the corps.
async fn write_units(tx: &mut Tx, units: &[UnitFile]) -> Result<RegulatorUnit, FoundError> {
    let mut known: Vec<RegulatorUnit> = Vec::new();
    for wanted in units {
        let id = match query::firm::unit_named(tx, &wanted.name).await? {
            Some(id) => id,
            None => RegulatorUnitId(uuid_v4().map_err(|error| StoreError::Lost(error.to_string()))?),
        };
        let above = known.iter().find(|unit| Some(&unit.name) == wanted.above.as_ref());
        let parent = above.map(|unit| unit.id);
        let unit = RegulatorUnit { id, name: wanted.name.clone(), level: wanted.level, parent };
        let keep = sql!(
            "INSERT INTO regulator_unit(id, name, parent, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET parent = excluded.parent, body = excluded.body"
        );
        tx.execute(keep, &row![&unit.id, &unit.name, unit.parent.as_ref(), &json(&unit)?]).await?;
        known.push(unit);
    }
    known.into_iter().next().ok_or(FoundError::Tree)
}

/// The row of the fire service whose head is this corps: the one that is there, or a new one.
async fn of_head(
    tx: &mut Tx,
    (organisation, seal): (OrganisationId, Seal),
    head: &RegulatorUnit,
) -> Result<Org, FoundError> {
    let find = sql!("SELECT org, id FROM organisation WHERE authority = ?1");
    if let Some(row) = tx.query_opt(find, &row![&head.id]).await? {
        return Ok(row.org(0)?);
    }
    let org = Org::new(number::next(tx).await?, organisation);
    let body = json(&Organisation {
        id: organisation,
        name: head.name.clone(),
        uscc: String::new(),
        national_registration_no: None,
        service_types: Vec::new(),
        technical_director: None,
        cutoff: Cutoff::default(),
        profile: None,
    })?;
    let insert = sql!(
        "INSERT INTO organisation(org, id, name, body, incarnation, server_key, rev_base, behind, authority)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7)"
    );
    let Seal { incarnation, public } = seal;
    tx.execute(insert, &row![org, &organisation, &head.name, &body, &incarnation, &public, &head.id]).await?;
    Ok(org)
}

async fn write_officer(
    tx: &mut Tx,
    org: Org,
    officer: &Officer,
    must_change: bool,
    now: Timestamp,
) -> Result<(), FoundError> {
    let login = officer.login.as_str();
    if !login_is_free(tx, login).await? {
        return Err(FoundError::LoginTaken(login.to_owned()));
    }
    let person = Person::new(officer.person, org.id(), officer.name.clone(), Vec::new());
    keep(tx, org, &Person { phone: Some(officer.phone.clone()), ..person }).await?;
    let insert = sql!(
        "INSERT INTO account(org, id, person, login, phone, category, director, enabled, password_hash,
             must_change, created_ms, find)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 1, ?7, ?8, ?9, ?10)"
    );
    let Spelled { find, .. } = Spelled::of(login);
    let named = row![org, &officer.id, &officer.person, login, &officer.phone, Role::Regulator];
    tx.execute(insert, &[&named[..], &row![&officer.hash, must_change, now, &find]].concat()).await?;
    tx.execute(sql!("INSERT INTO login_org(login, org) VALUES (?1, ?2)"), &row![login, org]).await?;
    let unit = query::firm::unit_named(tx, &officer.unit).await?.ok_or(FoundError::NoUnit)?;
    let outside = sql!("INSERT INTO outsider(id, owner, unit) VALUES (?1, NULL, ?2)");
    tx.execute(outside, &row![&officer.id, &unit]).await.map(drop).map_err(FoundError::from)
}
