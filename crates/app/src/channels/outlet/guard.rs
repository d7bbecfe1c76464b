//! Keeps requests to addresses that people typed away from this machine and from private networks.
//!
//! Names are checked where they are resolved, so that a name cannot turn into a private address
//! between the check and the connection.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A resolver that answers public addresses only.
pub struct Guard;

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|each| is_public(each.ip())).collect();
            if public.is_empty() {
                return Err("地址属于本机或者内部网络".into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    let shared = first == 100 && (64..128).contains(&second);
    let benchmark = first == 198 && (18..20).contains(&second);
    let reserved = first == 0 || 240 <= first || ip.is_multicast();
    let special = ip.is_loopback() || ip.is_private() || ip.is_link_local();
    !(shared || benchmark || reserved || special || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(mapped) = ip.to_ipv4() {
        return is_public_v4(mapped);
    }
    let head = ip.segments()[0];
    // Global unicast is 2000::/3; 6to4 and Teredo and NAT64 carry an IPv4 address within.
    let global = head & 0xe000 == 0x2000;
    let tunnel = head == 0x2002 || (head == 0x2001 && ip.segments()[1] == 0);
    global && !tunnel
}

/// Whether an address is one of the public network.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// The reason why an address may not be sent to, where it may not. Names are checked later.
pub fn refused(address: &str, private_addresses: bool) -> Option<&'static str> {
    let Ok(url) = reqwest::Url::parse(address) else {
        return Some("接口地址不是完整的网址，请写成 https://主机/路径");
    };
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Some("接口地址应以 https:// 或 http:// 开头");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Some("接口地址里不要写用户名和密码");
    }
    let host = url.host_str().unwrap_or_default();
    let literal: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let private = literal.is_some_and(|ip| !is_public(ip));
    if private && !private_addresses {
        return Some(
            "接口地址属于本机或者内部网络；确需使用，请系统管理员设置 channels.private_addresses",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_refused_in_every_spelling() {
        let private = [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://10.0.0.8/",
            "http://192.168.1.1/",
            "http://172.16.3.4/",
            "http://100.64.0.1/",
            "http://169.254.169.254/",
            "http://0.0.0.0/",
            "http://[::1]/",
            "http://[fd00::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fe80::1]/",
            "http://[2002:7f00:1::]/",
        ];
        for address in private {
            assert!(refused(address, false).is_some(), "{address}");
        }
        assert_eq!(refused("http://127.0.0.1/", true), None);
        assert_eq!(refused("https://example.com/hook", false), None);
        for wrong in ["", "example.com", "ftp://example.com/", "https://a:b@example.com/"] {
            assert!(refused(wrong, true).is_some(), "{wrong}");
        }
    }
}
