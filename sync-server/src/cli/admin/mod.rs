//! `firebee admin`: what is done on the server itself, while it is stopped (SQLite) or beside it (PostgreSQL).

mod argument;
mod authority;
mod calendar;
mod region;

use super::{Settings, both, run, start_error};
use crate::{
    clock::{Clock, china_minute},
    office::{
        Rule,
        account::{
            create::{WantedAccount, create as create_account},
            reset_password::reset_password,
            toggle,
        },
        firm::{
            CreateFirmError, CreatedAccount, FirmError, FirmOptions, RenewKeyError, SetCutoffError,
            create as create_firm, put_key, renew_key, set_cutoff,
        },
        personnel::{EnlistError, WantedCertificate, WantedPerson, certify, enlist},
        report::{TakeBack, take_back},
        session::{drop_key::drop_key, force_release::force_release},
    },
    query::{administrator, device::devices, org},
    salvage::{By, import},
    state::{self, App},
    store::Tx,
};
use argument::{CategoryArg, CertificateArgs, CutoffArg, KindArg};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use firebee_domain::{id::StoreId, personnel::Certificate};
use firebee_protocol::text::{Language, problem_text};
use std::{
    io::{BufRead as _, Read as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Manages firms, accounts, phones and keys on the server itself
#[derive(Args, Clone, Debug)]
pub struct Admin {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Clone, Debug)]
enum Command {
    /// Found a firm: organisation, people, accounts, owners, contracts and projects from one JSON file
    CreateFirm {
        /// The file; `-` reads standard input. docs/operations.md explains it
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// Read a password for each account from standard input, one a line in the order of the file, instead of making
        /// random ones
        #[arg(long)]
        password_stdin: bool,
    },
    /// Make one account for a person who is on an organisation's personnel list
    CreateAccount {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// Name of the person, as on the personnel list
        #[arg(long)]
        person: String,
        /// Phone number
        #[arg(long)]
        phone: String,
        /// Login; the phone number unless given. It can never be changed
        #[arg(long, default_value = "")]
        login: String,
        /// What the account is for
        #[arg(long, value_enum)]
        category: CategoryArg,
        /// Open the account at once; a new account is disabled
        #[arg(long)]
        enabled: bool,
        /// Read the password from standard input instead of making a random one
        #[arg(long)]
        password_stdin: bool,
    },
    /// Open an account: its holder may sign in
    OpenAccount {
        /// What its holder signs in as
        #[arg(long)]
        login: String,
    },
    /// Close an account: its holder may not sign in, and who is signed in is refused
    CloseAccount {
        /// What its holder signs in as
        #[arg(long)]
        login: String,
    },
    /// Give an account another password, show it once, and have its holder change it at the next sign-in
    ResetPassword {
        /// What its holder signs in as
        #[arg(long)]
        login: String,
        /// Read the password from standard input instead of making a random one
        #[arg(long)]
        password_stdin: bool,
    },
    /// Free the account of a lost phone for another one. If the lost phone comes back, it sends what it recorded, and a
    /// lead or manager decides on that
    ReleasePhone {
        /// What its holder signs in as
        #[arg(long)]
        login: String,
        /// Why; the work log keeps it
        #[arg(long)]
        reason: String,
    },
    /// Refuse for ever all that a stolen phone sends. What it had not sent is given up
    DropPhoneKey {
        /// The phone's store, as list-devices shows it
        #[arg(long)]
        store: StoreId,
        /// Yes, what the phone had not sent may be lost
        #[arg(long, required = true)]
        give_up_unsent: bool,
    },
    /// Bring back a firm's key from a backup, or from another server of the same database
    PutKey {
        /// The key file. The server finds the firm whose key it is
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Make another key for a firm whose key is lost for ever. Nothing of the data is given up; every phone has to sign in
    /// again, and what the lost key signed cannot be signed again
    NewKey {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// Yes, the receipts that phones hold are of the old key
        #[arg(long, required = true)]
        give_up_receipts: bool,
    },
    /// Put somebody new on an organisation's personnel list, with a certificate or without; put-certificate adds others
    AddPerson {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// Name of the person
        #[arg(long)]
        person: String,
        /// What a first certificate proves
        #[arg(long, value_enum, requires_all = ["level", "number"])]
        kind: Option<KindArg>,
        /// Its level; 1 is the highest
        #[arg(long, requires = "kind")]
        level: Option<u8>,
        /// The number printed on it
        #[arg(long, requires = "kind")]
        number: Option<String>,
        /// The first day it holds, YYYY-MM-DD. A registered engineer's names both days
        #[arg(long, value_name = "DAY", requires = "kind")]
        from: Option<NaiveDate>,
        /// The last day it holds, YYYY-MM-DD
        #[arg(long, value_name = "DAY", requires = "kind")]
        to: Option<NaiveDate>,
    },
    /// Put a certificate on an organisation's personnel list, new or renewed, and tell the phone of its holder
    PutCertificate {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// Name of the person, as on the personnel list
        #[arg(long)]
        person: String,
        #[command(flatten)]
        certificate: CertificateArgs,
    },
    /// Set what decides whether a submission came in time where proof does not. A task keeps what held when it began
    SetCutoff {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// The phone's running clock, or the arrival at the server
        #[arg(long, value_enum)]
        by: CutoffArg,
    },
    /// Show what holds in the region of this server, or change it: the form of report codes, fences, deadlines, selfies
    Region(region::RegionArgs),
    /// Take in the export file of a phone that cannot reach the server. The same file may be taken in again
    ImportSalvage {
        /// The file
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Found the fire service of a province, or add to it: its units as a tree and accounts of its people, from one JSON file
    CreateAuthority {
        /// The file. docs/operations.md explains it
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
        /// Read one password for all accounts from standard input instead of making a random one for each
        #[arg(long)]
        password_stdin: bool,
    },
    /// Put a firm into the jurisdiction of a unit of the fire service
    OverseeFirm {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// Name of the unit
        #[arg(long)]
        unit: String,
    },
    /// Take back a report that was filed by mistake, as an approved operation change asks. It stays readable and is marked;
    /// its plan can have a revision
    TakeBackReport {
        /// Name of the organisation
        #[arg(long)]
        organisation: String,
        /// The code on the cover
        #[arg(long)]
        code: String,
        /// Why; everybody who reads the report sees it
        #[arg(long)]
        reason: String,
    },
    /// Look after the calendar of working days
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// List the phones that hold accounts, when each was last heard, and what it had not sent
    ListDevices,
}

impl Admin {
    /// Runs the command.
    pub fn run(self) -> ExitCode {
        run(self.administer())
    }

    async fn administer(self) -> Result<(), String> {
        let config = match self.command {
            Command::CreateFirm { .. } => self.settings.read([]).map_err(|error| error.to_string())?,
            _ => self.settings.read_held()?,
        };
        let mends = matches!(self.command, Command::PutKey { .. } | Command::NewKey { .. });
        let app = if mends {
            state::open_to_mend(config, Clock::System).await
        } else {
            state::open(config, Clock::System).await
        };
        let app = app.map_err(|error| start_error(&error))?;
        let done = administer(&app, self.command).await;
        app.store.close().await;
        done
    }
}

async fn administer(app: &App, command: Command) -> Result<(), String> {
    match command {
        Command::CreateFirm { from, password_stdin } => {
            let text = read(&from, password_stdin)?;
            let file =
                serde_json::from_str(&text).map_err(|error| format!("{} is not JSON: {error}", from.display()))?;
            let options = FirmOptions { each: passwords(password_stdin)?, ..FirmOptions::default() };
            let created = create_firm(&app.office, file, &options).await.map_err(|error| refused(&error))?;
            println!("organisation {}", created.org.id());
            created.projects.iter().for_each(|project| println!("project {project}"));
            tell(&created.accounts, password_stdin);
        }
        Command::CreateAccount { organisation, person, phone, login, category, enabled, password_stdin } => {
            let (category, password) = (category.into(), password(password_stdin)?);
            let wanted = WantedAccount { organisation, person, phone, login, category, enabled, password };
            let made = create_account(&app.office, &wanted).await.map_err(|error| sentence(&error))?;
            tell(&[made], password_stdin);
        }
        Command::OpenAccount { login } => set_open(app, &login, true).await?,
        Command::CloseAccount { login } => set_open(app, &login, false).await?,
        Command::ResetPassword { login, password_stdin } => {
            let made = reset_password(&app.office, &login, password(password_stdin)?).await;
            let made = made.map_err(|error| sentence(&error))?;
            let password = if password_stdin { "(as given)" } else { made.as_str() };
            println!("account {login} password {password}");
        }
        Command::ReleasePhone { login, reason } => release_phone(app, &login, &reason).await?,
        Command::DropPhoneKey { store, .. } => {
            let dropped = drop_key(&app.office, store).await.map_err(|error| error.to_string())?;
            let (device, facts, blobs) = (dropped.device, dropped.unsent_facts, dropped.unsent_blobs);
            println!("the key of {device} is dropped; given up: {facts} records, {blobs} files");
        }
        Command::PutKey { from } => {
            let firm = put_key(&app.office, &from).await.map_err(|error| key_error(&error))?;
            println!("the key of firm {firm} is in its place");
        }
        Command::NewKey { organisation, .. } => {
            let firm = renew_key(&app.office, &organisation).await.map_err(|error| key_error(&error))?;
            println!("firm {firm} has another key; back it up now, and let everybody sign in again");
        }
        Command::AddPerson { organisation, person, kind, level, number, from, to } => {
            let certificate = kind.zip(level).zip(number);
            let certificate =
                certificate.map(|((kind, level), number)| CertificateArgs { kind, level, number, from, to });
            let certificates = certificate.map(Certificate::from).into_iter().collect();
            let wanted = WantedPerson { organisation, name: person, certificates };
            let person = enlist(&app.office, &wanted).await.map_err(|error| enlist_error(&error))?;
            println!("person {person} is on the personnel list");
        }
        Command::PutCertificate { organisation, person, certificate } => {
            let wanted = WantedCertificate { organisation, person, certificate: certificate.into() };
            certify(&app.office, &wanted).await.map_err(|error| sentence(&error))?;
            println!("the certificate is on the personnel list");
        }
        Command::SetCutoff { organisation, by } => judge_by(app, &organisation, by).await?,
        Command::TakeBackReport { organisation, code, reason } => {
            take_back_report(app, TakeBack { organisation, code, reason }).await?
        }
        Command::ImportSalvage { from } => import_salvage(app, &from).await?,
        Command::CreateAuthority { from, password_stdin } => {
            authority::create(app, &from, password(password_stdin)?).await?
        }
        Command::OverseeFirm { organisation, unit } => authority::oversee_firm(app, &organisation, &unit).await?,
        Command::Calendar(command) => command.run(app).await?,
        Command::Region(command) => command.run(app).await?,
        Command::ListDevices => list_devices(app).await?,
    }
    Ok(())
}

async fn judge_by(app: &App, organisation: &str, by: CutoffArg) -> Result<(), String> {
    set_cutoff(&app.office, organisation, by.into()).await.map_err(|error| cutoff_error(&error))?;
    println!("set: it holds for tasks that begin from now on");
    Ok(())
}

async fn take_back_report(app: &App, wanted: TakeBack) -> Result<(), String> {
    take_back(&app.office, wanted).await.map_err(|error| sentence(&error))?;
    println!("the report is void; its plan can have a revision");
    Ok(())
}

async fn set_open(app: &App, login: &str, open: bool) -> Result<(), String> {
    toggle(&app.office, login, open).await.map_err(|error| sentence(&error))?;
    println!("account {login} is {}", if open { "open" } else { "closed" });
    Ok(())
}

async fn release_phone(app: &App, login: &str, reason: &str) -> Result<(), String> {
    match force_release(&app.office, login, reason).await.map_err(|error| sentence(&error))? {
        None => println!("no phone holds account {login}"),
        Some(holder) => println!(
            "account {login} is free; {} had not sent {} records, {} files; it still sends them, and a person decides on them",
            holder.device, holder.unsent_facts, holder.unsent_blobs
        ),
    }
    Ok(())
}

async fn import_salvage(app: &App, from: &Path) -> Result<(), String> {
    let taken = import(app, from, &By::Administrator).await;
    let taken = taken.map_err(|error| both(error.code(), |language| problem_text(error.code(), &[], language)))?;
    println!("{} records, {} files taken in", taken.facts, taken.blobs);
    for (code, count) in taken.not_counted {
        println!("{count} records do not count: {code}");
    }
    if taken.blobs_unnamed > 0 {
        println!("{} files are named by no record and were left out", taken.blobs_unnamed);
    }
    Ok(())
}

fn read(from: &PathBuf, password_stdin: bool) -> Result<String, String> {
    if from.as_os_str() != "-" {
        return std::fs::read_to_string(from).map_err(|error| format!("{} cannot be read: {error}", from.display()));
    }
    if password_stdin {
        return Err("standard input is either the file or the password".into());
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input cannot be read: {error}"))?;
    Ok(text)
}

fn password(stdin: bool) -> Result<Option<String>, String> {
    if !stdin {
        return Ok(None);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(|error| format!("the password cannot be read: {error}"))?;
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// A password a line, as far as there are any.
fn passwords(stdin: bool) -> Result<Vec<String>, String> {
    let mut text = String::new();
    if stdin {
        let read = std::io::stdin().read_to_string(&mut text);
        read.map_err(|error| format!("the passwords cannot be read: {error}"))?;
        if text.is_empty() {
            return Err("standard input holds no password".into());
        }
    }
    Ok(text.lines().map(str::to_owned).collect())
}

fn refused(error: &CreateFirmError) -> String {
    match error {
        CreateFirmError::File(errors) => {
            let line = |error: &FirmError| {
                let [zh, en] = [Language::Zh, Language::En].map(|language| error.sentence(language));
                format!("\n  {zh}\n  {en} [{}]", error.code)
            };
            format!("nothing was created, the file has these errors:{}", errors.iter().map(line).collect::<String>())
        }
        CreateFirmError::Passwords { .. } => format!("nothing was created: {error}"),
        other => sentence(other),
    }
}

fn key_error(error: &RenewKeyError) -> String {
    match error {
        RenewKeyError::NoFirm => "no firm of this database has this name or this key".into(),
        other => other.to_string(),
    }
}

fn cutoff_error(error: &SetCutoffError) -> String {
    match error {
        SetCutoffError::NoFirm => "no firm of this database, or not one only, has this name".into(),
        SetCutoffError::Store(error) => both(error.code(), |language| problem_text(error.code(), &[], language)),
    }
}

fn enlist_error(error: &EnlistError) -> String {
    match error {
        EnlistError::NoFirm => "no firm of this database, or not one only, has this name".into(),
        other => sentence(other),
    }
}

fn sentence(said: &impl Rule) -> String {
    both(said.code(), |language| problem_text(said.code(), &said.values(), language))
}

/// Passwords are shown this once; the first sign-in asks for another.
fn tell(accounts: &[CreatedAccount], given: bool) {
    for account in accounts {
        let password = if given { "(as given)" } else { account.password.as_str() };
        println!("account {} login {} password {password}", account.id, account.login);
    }
}

async fn list_devices(app: &App) -> Result<(), String> {
    let read = async move |tx: &mut Tx| {
        let mut found = Vec::new();
        for org in org::all(tx).await? {
            found.extend(devices(tx, org, &administrator()).await?);
        }
        Ok(found)
    };
    let found = app.store.read("list_devices", read).await;
    let found = found.map_err(|error: crate::store::StoreError| error.to_string())?;
    if found.is_empty() {
        println!("no phone has signed in yet");
    }
    for device in found {
        let state = if device.holds { "holds the account" } else { "does not hold the account" };
        println!(
            "{}  {}  {state}  epoch {}  last seen {}  unsent {} records, {} files  store {}",
            device.login,
            device.device,
            device.epoch,
            china_minute(device.last_seen),
            device.unsent_facts,
            device.unsent_blobs,
            device.store
        );
    }
    Ok(())
}
