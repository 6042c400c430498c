//! The network address that asks, for waits after wrong passwords. It is never logged.

use crate::state::App;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv6Addr, SocketAddr},
};

/// The address of the client, or of the last hop that is not a trusted proxy. Of an IPv6 address it is the network of
/// 64 bits: whoever has one such address has them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub String);

impl FromRequestParts<App> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let Some(peer) = peer(parts) else { return Ok(Self("in process".to_owned())) };
        let trusted = &app.config.trusted_proxies;
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        Ok(Self(network(client(peer, trusted, &forwarded.collect::<Vec<_>>().join(",")))))
    }
}

/// Who opened the connection: a client or a proxy. `None` for a request within the process.
pub(super) fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical())
}

/// Walks the addresses from the right. A trusted proxy vouches for the address that it added; the first address that is
/// no trusted proxy is the client.
fn client(peer: IpAddr, trusted: &[IpAddr], forwarded: &str) -> IpAddr {
    let mut at = peer;
    for hop in forwarded.rsplit(',') {
        if !trusted.contains(&at) {
            break;
        }
        let Ok(before) = hop.trim().parse::<IpAddr>() else { break };
        at = before.to_canonical();
    }
    at
}

fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forwarded_address_is_believed_of_a_trusted_proxy_only() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = [ip("10.0.0.1"), ip("10.0.0.2")];
        assert_eq!(client(ip("7.7.7.7"), &proxies, "1.1.1.1"), ip("7.7.7.7"));
        assert_eq!(client(ip("10.0.0.1"), &proxies, "6.6.6.6, 1.1.1.1"), ip("1.1.1.1"));
        assert_eq!(client(ip("10.0.0.1"), &proxies, "1.1.1.1, 10.0.0.2"), ip("1.1.1.1"));
        assert_eq!(client(ip("10.0.0.1"), &proxies, "junk"), ip("10.0.0.1"));
        assert_eq!(client(ip("10.0.0.1"), &proxies, ""), ip("10.0.0.1"));
    }

    #[test]
    fn of_an_address_that_one_household_can_change_at_will_only_the_network_counts() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("7.7.7.7"), "7.7.7.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:2:3:4:5:6"));
    }
}
