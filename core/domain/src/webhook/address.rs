//! The address of a receiver, and whether a server may go there: nobody makes the server ask inside its own network.

use crate::code::Code;
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// The most characters of an address.
pub const ADDRESS_LENGTH_MAX: usize = 500;

/// An `https` or `http` address: a host, a port, a path with what stands behind the question mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    text: String,
    tls: bool,
    host: String,
    port: u16,
    path: String,
}

/// Why an address cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is no address.
    #[error("not an address such as https://erp.example/hook")]
    Malformed,
    /// It does not begin with `https`.
    #[error("the address is not https")]
    Insecure,
    /// It is one of a private network.
    #[error("the address lies in a private network")]
    Private,
}

impl AddressError {
    /// The stable code of this error.
    pub const fn code(self) -> Code {
        match self {
            Self::Malformed => Code::WebhookAddressMalformed,
            Self::Insecure => Code::WebhookAddressInsecure,
            Self::Private => Code::WebhookAddressPrivate,
        }
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let fits = text.len() <= ADDRESS_LENGTH_MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
        let (scheme, rest) = text.split_once("://").filter(|_| fits).ok_or(AddressError::Malformed)?;
        let tls = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(AddressError::Malformed),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(end).ok_or(AddressError::Malformed)?;
        let (host, port) = split(authority, if tls { 443 } else { 80 }).ok_or(AddressError::Malformed)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte);
        // A fragment is never sent, and a name before the host hides where an address leads.
        if host.is_empty() || !host.bytes().all(plain) || path.contains('#') {
            return Err(AddressError::Malformed);
        }
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Ok(Self { text: text.to_owned(), tls, host: host.to_ascii_lowercase(), port, path })
    }
}

/// Host, without the brackets of IPv6, and port.
fn split(authority: &str, usual: u16) -> Option<(&str, u16)> {
    if let Some(rest) = authority.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        host.parse::<Ipv6Addr>().ok()?;
        let port = if rest.is_empty() { usual } else { rest.strip_prefix(':')?.parse().ok()? };
        return Some((host, port));
    }
    match authority.split_once(':') {
        Some((host, port)) => Some((host, port.parse().ok()?)),
        None => Some((authority, usual)),
    }
}

impl Address {
    /// Whether it is reached over TLS.
    pub const fn tls(&self) -> bool {
        self.tls
    }

    /// The host: a name, or an IP address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// What is asked for there.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the header `Host` says.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == if self.tls { 443 } else { 80 } { host } else { format!("{host}:{}", self.port) }
    }

    /// The address, if it may be kept: it is `https` and not plainly private, unless the operator allows its host.
    ///
    /// # Errors
    /// See [`AddressError`].
    pub fn check(self, is_allowed: impl Fn(&str) -> bool) -> Result<Self, AddressError> {
        if is_allowed(&self.host) {
            return Ok(self);
        }
        if !self.tls {
            return Err(AddressError::Insecure);
        }
        let private = self.host.parse().is_ok_and(|ip: IpAddr| !is_public(ip)) || self.host == "localhost";
        if private { Err(AddressError::Private) } else { Ok(self) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;
    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.text
    }
}

/// Whether an IP address is one of the internet: not of a machine, a link, a private network, a group, or reserved.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded(ip) {
            Some(ip) => is_public_v4(ip),
            None => is_public_v6(ip),
        },
    }
}

const fn is_public_v4(ip: Ipv4Addr) -> bool {
    let reserved = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation();
    let [a, b, c, _] = ip.octets();
    let more =
        matches!((a, b, c), (0 | 240..=255, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18 | 19, _));
    !reserved && !more
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, translated (64:ff9b::/96) or 6to4.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some(of(high, low)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

const fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // 2000::/3 is what the internet has; of it 2001:db8::/32 is for books and 2001::/23 for protocols.
    first & 0xe000 == 0x2000 && !(first == 0x2001 && (second == 0xdb8 || second < 0x200))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r_388_an_address_is_taken_apart_as_it_is_asked_for() {
        let address: Address = "https://ERP.example:8443/hook?a=b".parse().unwrap();
        assert_eq!((address.host(), address.port(), address.path()), ("erp.example", 8443, "/hook?a=b"));
        assert_eq!((address.authority().as_str(), address.tls()), ("erp.example:8443", true));
        let plain: Address = "http://[::1]".parse().unwrap();
        assert_eq!((plain.host(), plain.port(), plain.path(), plain.authority().as_str()), ("::1", 80, "/", "[::1]"));
        for bad in
            ["", "erp.example", "ftp://a/", "https://", "https://a b/", "https://a@b/", "https://a:x/", "https://a/#b"]
        {
            assert_eq!(bad.parse::<Address>(), Err(AddressError::Malformed), "{bad}");
        }
        let long = format!("https://a/{}", "b".repeat(ADDRESS_LENGTH_MAX));
        assert_eq!(long.parse::<Address>(), Err(AddressError::Malformed));
    }

    #[test]
    fn r_388_a_private_host_needs_the_word_of_the_operator() {
        let check =
            |text: &str, allowed: &str| text.parse::<Address>().unwrap().check(|host| host == allowed).map(drop);
        assert_eq!(check("https://erp.example/", ""), Ok(()));
        assert_eq!(check("http://erp.example/", ""), Err(AddressError::Insecure));
        for private in ["https://10.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/"] {
            assert_eq!(check(private, ""), Err(AddressError::Private), "{private}");
        }
        assert_eq!(check("http://10.0.0.1/", "10.0.0.1"), Ok(()));
        let codes = [AddressError::Malformed, AddressError::Insecure, AddressError::Private].map(AddressError::code);
        assert_eq!(codes, [Code::WebhookAddressMalformed, Code::WebhookAddressInsecure, Code::WebhookAddressPrivate]);
    }

    #[test]
    fn r_388_only_addresses_of_the_internet_are_public() {
        let public = |text: &str| is_public(text.parse().unwrap());
        for yes in ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(public(yes), "{yes}");
        }
        for no in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "203.0.113.9",
            "240.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!public(no), "{no}");
        }
    }
}
