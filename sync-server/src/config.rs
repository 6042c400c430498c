//! Settings: one file (TOML) and the environment, parsed once, every error told at once.

mod authorities;
mod postgres;

pub use postgres::{AddressError, PostgresAddress};

use firebee_domain::geofence::Thresholds;
use rustls::pki_types::CertificateDer;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt::Display,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

/// Every environment variable begins so: `FIREBEE_LISTEN`, `FIREBEE_DATA`, …
const PREFIX: &str = "FIREBEE_";

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the database, the blobs and the firms' keys are.
    pub data: PathBuf,
    /// Where the blobs are; without it they are in `blobs` under `data`. Servers that share a database share this folder.
    pub blobs: Option<PathBuf>,
    /// MiB of the disk that blobs leave for facts.
    pub reserve_mb: u32,
    /// MiB of blobs that one phone may have begun and not finished.
    pub unfinished_mb_max: u32,
    /// Days after which an upload that brings nothing ends.
    pub partial_upload_days: u32,
    /// Where the server listens; loopback unless told.
    pub listen: SocketAddr,
    /// Where metrics are served; loopback, `None` for nowhere.
    pub metrics: Option<SocketAddr>,
    /// Where PostgreSQL is; without it the database is an SQLite file in `data`.
    pub postgres: Option<PostgresAddress>,
    /// Readers beside the writer (SQLite), or connections (PostgreSQL).
    pub connections: u32,
    /// Pushes that are unpacked at once. Others wait packed, which bounds the memory of a crowd.
    pub pushes: u32,
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The addresses that browsers use, such as `https://firebee.example`. When set, pages are shown under
    /// these only.
    pub public_addresses: Vec<String>,
    /// What the verdict on a track is made with.
    pub track: Thresholds,
    /// The name of the system on every page.
    pub display_name: Option<String>,
    /// The program that makes the PDF of a report; without it `firebee-report` beside this program.
    pub report_program: Option<PathBuf>,
    /// Where the fonts of reports are; without it where Debian's `fonts-noto-cjk` puts them.
    pub report_fonts: Option<PathBuf>,
    /// Hosts to which webhooks may go although they are private, and without TLS.
    pub webhook_hosts: Vec<String>,
    /// Authorities of receivers of webhooks, beside those of the system.
    pub webhook_authorities: Vec<CertificateDer<'static>>,
    /// What the hash of a password costs. No file and no variable sets it: an operator has no reason to lower it.
    pub password_cost: PasswordCost,
}

/// What one hash of a password costs, whoever computes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB, at least 8.
    pub memory_kib: u32,
    /// Passes over that memory, at least 1.
    pub passes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

impl PasswordCost {
    /// The least that the algorithm takes: for programs that hash thousands of passwords and protect none.
    pub const LEAST: Self = Self { memory_kib: 8, passes: 1 };
}

impl Config {
    /// Where the blobs are.
    pub fn blobs_folder(&self) -> PathBuf {
        self.blobs.clone().unwrap_or_else(|| self.data.join("blobs"))
    }

    /// The program that makes the PDF of a report.
    pub fn report_program(&self) -> PathBuf {
        let beside = || Some(std::env::current_exe().ok()?.parent()?.join("firebee-report"));
        self.report_program.clone().or_else(beside).unwrap_or_else(|| "firebee-report".into())
    }

    /// The address of a page as people outside reach it, as far as it is known.
    pub fn public_address(&self, path: &str) -> String {
        match self.public_addresses.first() {
            Some(address) => format!("{address}{path}"),
            None => format!("http://{}{path}", self.listen),
        }
    }

    /// Whether pages are shown under this `Host`.
    pub fn is_own_host(&self, host: &str) -> bool {
        let authority = |address: &String| address.split_once("://").map(|(_, rest)| rest.to_ascii_lowercase());
        self.public_addresses.is_empty()
            || self.public_addresses.iter().filter_map(authority).any(|own| own == host.to_ascii_lowercase())
    }

    /// The defaults, with everything under `data`.
    pub fn in_folder(data: impl Into<PathBuf>) -> Self {
        let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
        Self {
            data: data.into(),
            blobs: None,
            reserve_mb: 1_024,
            unfinished_mb_max: 1_024,
            partial_upload_days: 30,
            listen: SocketAddr::new(loopback, 8420),
            metrics: Some(SocketAddr::new(loopback, 8421)),
            postgres: None,
            connections: 4,
            pushes: 16,
            trusted_proxies: Vec::new(),
            public_addresses: Vec::new(),
            track: Thresholds::default(),
            display_name: None,
            report_program: None,
            report_fonts: None,
            webhook_hosts: Vec::new(),
            webhook_authorities: Vec::new(),
            password_cost: PasswordCost::default(),
        }
    }
}

/// One setting that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct SettingError {
    /// The setting, as in the file.
    pub key: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

/// The settings cannot be taken: everything that is wrong, at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the settings cannot be used:{}", errors.iter().map(|error| format!("\n  {error}")).collect::<String>())]
pub struct ConfigError {
    /// The errors.
    pub errors: Vec<SettingError>,
}

#[derive(Deserialize)]
struct File(BTreeMap<String, toml::Value>);

/// Reads the settings: `file` first, then the environment over it, then `flags` over both.
///
/// # Errors
/// Every unknown key and every value that cannot be taken.
pub fn read(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
    flags: impl IntoIterator<Item = (&'static str, String)>,
) -> Result<Config, ConfigError> {
    let mut errors = Vec::new();
    let mut given: BTreeMap<String, String> = BTreeMap::new();
    if let Some(path) = file {
        match read_file(path) {
            Ok(values) => given.extend(values),
            Err(error) => errors.push(error),
        }
    }
    let ours =
        environment.into_iter().filter_map(|(key, value)| Some((key.strip_prefix(PREFIX)?.to_lowercase(), value)));
    // Unknown variables with this prefix belong to other tools and are ignored. An unknown key in the file is an error.
    given.extend(ours.filter(|(key, _)| KEYS.contains(&key.as_str())));
    given.extend(flags.into_iter().map(|(key, value)| (key.to_owned(), value)));
    let mut config = Config::in_folder("firebee-data");
    for (key, value) in &given {
        if let Err(reason) = set(&mut config, key, value) {
            errors.push(SettingError { key: key.clone(), reason });
        }
    }
    if errors.is_empty() { Ok(config) } else { Err(ConfigError { errors }) }
}

/// Every setting.
pub const KEYS: [&str; 22] = [
    "data",
    "blobs",
    "listen",
    "metrics",
    "postgres",
    "postgres_statements",
    "connections",
    "pushes",
    "reserve_mb",
    "unfinished_mb_max",
    "partial_upload_days",
    "trusted_proxies",
    "public_addresses",
    "track_recorded_percent",
    "track_inside_percent",
    "track_gap_s",
    "track_accuracy_m",
    "display_name",
    "report_program",
    "report_fonts",
    "webhook_hosts",
    "webhook_authorities",
];

fn read_file(path: &Path) -> Result<Vec<(String, String)>, SettingError> {
    let wrong = |reason: String| SettingError { key: path.display().to_string(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let File(values) = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
    Ok(values.into_iter().map(|(key, value)| (key, plain(value))).collect())
}

/// A value of the file in the form of an environment variable. Lists are joined by commas.
fn plain(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        toml::Value::Array(values) => values.into_iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

fn set(config: &mut Config, key: &str, value: &str) -> Result<(), String> {
    let address = |text: &str| {
        text.parse::<SocketAddr>().map_err(|_| "not an address and port, such as 127.0.0.1:8420".to_owned())
    };
    match key {
        "data" | "blobs" | "report_fonts" if value.is_empty() => return Err("not a folder".into()),
        "data" => config.data = value.into(),
        "blobs" => config.blobs = Some(value.into()),
        "report_program" => config.report_program = Some(value.into()),
        "report_fonts" => config.report_fonts = Some(value.into()),
        "reserve_mb" => config.reserve_mb = in_range(value, 0, 1 << 20)?,
        "unfinished_mb_max" => config.unfinished_mb_max = in_range(value, 64, 1 << 20)?,
        "partial_upload_days" => config.partial_upload_days = in_range(value, 1, 3_650)?,
        "listen" => config.listen = address(value)?,
        "metrics" => config.metrics = if value == "off" { None } else { Some(address(value)?) },
        "postgres" => config.postgres = Some(PostgresAddress::parse(value).map_err(|error| error.to_string())?),
        // Read after "postgres", which stands before it in the alphabet.
        "postgres_statements" => {
            let address = config.postgres.as_mut().ok_or("without `postgres` there are no statements to name")?;
            address.named_statements = match value {
                "named" => true,
                "unnamed" => false,
                _ => return Err("named, or unnamed for a pooler in transaction mode".into()),
            };
        }
        "connections" => config.connections = in_range(value, 1, 64)?,
        "pushes" => config.pushes = in_range(value, 1, 1_000)?,
        "trusted_proxies" => {
            let parsed: Result<_, _> = value.split(',').map(|part| part.trim().parse()).collect();
            config.trusted_proxies = parsed.map_err(|_| "not a list of IP addresses")?;
        }
        "public_addresses" => {
            let parsed: Option<_> = value.split(',').map(|part| public_address(part.trim())).collect();
            config.public_addresses = parsed.ok_or("not a list of addresses, such as https://firebee.example")?;
        }
        "track_recorded_percent" => config.track.recorded_percent_min = in_range(value, 1, 100)?,
        "track_inside_percent" => config.track.inside_percent_min = in_range(value, 1, 100)?,
        "track_gap_s" => config.track.gap_ms_max = in_range::<i64>(value, 10, 3_600)?.saturating_mul(1_000),
        // 255 stands for an accuracy that is worse or not known. Such a fix never counts.
        "track_accuracy_m" => config.track.accuracy_m_max = in_range(value, 1, 254)?,
        "webhook_hosts" => {
            config.webhook_hosts = value.split(',').map(|host| host.trim().to_ascii_lowercase()).collect()
        }
        "webhook_authorities" => config.webhook_authorities = authorities::read(Path::new(value))?,
        "display_name" => {
            config.display_name = Some(firebee_domain::text::name(value, 40).map_err(|error| error.to_string())?)
        }
        _ => return Err(format!("no such setting; there are {}", KEYS.join(", "))),
    }
    Ok(())
}

/// Scheme and host, as a browser shows them: no path, and no port that the scheme implies.
fn public_address(text: &str) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let (scheme, host) = text.split_once("://")?;
    let implied = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = host.strip_suffix(implied).unwrap_or(host);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    (!host.is_empty() && host.bytes().all(plain)).then(|| format!("{scheme}://{host}"))
}

fn in_range<N: FromStr + PartialOrd + Display>(value: &str, min: N, max: N) -> Result<N, String> {
    let number = value.parse::<N>().ok().filter(|number| (&min..=&max).contains(&number));
    number.ok_or_else(|| format!("not a number from {min} to {max}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("firebee.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:9000\"\ntrusted_proxies = [\"10.0.0.1\", \"::1\"]\npushes = 8\n")
            .unwrap();
        let config = read(
            Some(&file),
            env(&[("FIREBEE_LISTEN", "127.0.0.1:9001"), ("HOME", "x"), ("FIREBEE_UNKNOWN", "x")]),
            [],
        )
        .unwrap();
        assert_eq!((config.listen.port(), config.pushes, config.trusted_proxies.len()), (9001, 8, 2));
    }

    #[test]
    fn every_error_is_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("firebee.toml");
        std::fs::write(&file, "lisen = \"x\"\ntrack_gap_s = 1\nmetrics = \"here\"\n").unwrap();
        let errors = read(Some(&file), env(&[("FIREBEE_CONNECTIONS", "none")]), []).unwrap_err().errors;
        let keys: Vec<&str> = errors.iter().map(|error| error.key.as_str()).collect();
        assert_eq!(keys, ["connections", "lisen", "metrics", "track_gap_s"]);
    }

    /// what the verdict on a track is made with are settings, each within what makes sense.
    #[test]
    fn r_096_the_thresholds_of_a_tracks_verdict_are_settings() {
        let pairs = [
            ("FIREBEE_TRACK_RECORDED_PERCENT", "60"),
            ("FIREBEE_TRACK_INSIDE_PERCENT", "90"),
            ("FIREBEE_TRACK_GAP_S", "120"),
            ("FIREBEE_TRACK_ACCURACY_M", "50"),
        ];
        let track = read(None, env(&pairs), []).unwrap().track;
        let wanted =
            Thresholds { recorded_percent_min: 60, inside_percent_min: 90, gap_ms_max: 120_000, accuracy_m_max: 50 };
        assert_eq!(track, wanted);
        for (key, value) in [("track_recorded_percent", "101"), ("track_gap_s", "9"), ("track_accuracy_m", "255")] {
            assert!(read(None, env(&[]), [(key, value.to_owned())]).is_err(), "{key} {value}");
        }
    }

    #[test]
    fn flags_go_over_the_environment() {
        let flags = [("listen", "127.0.0.1:9002".to_owned())];
        let config = read(None, env(&[("FIREBEE_LISTEN", "127.0.0.1:9001")]), flags).unwrap();
        assert_eq!(config.listen.port(), 9002);
    }

    #[test]
    fn pages_are_shown_under_the_public_addresses_only_if_there_are_any() {
        let own = |setting: &str, host: &str| {
            read(None, env(&[]), [("public_addresses", setting.to_owned())]).map(|config| config.is_own_host(host))
        };
        let both = "https://Firebee.example:443/, http://10.0.0.5:8420";
        for (host, shown) in
            [("firebee.example", true), ("10.0.0.5:8420", true), ("10.0.0.5", false), ("evil.example", false)]
        {
            assert_eq!(own(both, host), Ok(shown), "{host}");
        }
        assert!(Config::in_folder("x").is_own_host("anything"));
        for wrong in ["firebee.example", "ftp://firebee.example", "https://firebee.example/console", ""] {
            assert!(own(wrong, "x").is_err(), "{wrong}");
        }
    }

    #[test]
    fn it_listens_on_loopback_unless_told() {
        let config = read(None, env(&[]), []).unwrap();
        assert!(config.listen.ip().is_loopback() && config.metrics.is_some_and(|address| address.ip().is_loopback()));
    }
}
