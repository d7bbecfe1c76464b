//! 微博: one post with the title and the address of the page, by the documented `statuses/share`.

use super::{Advance, Outlet, Parcel, Reached, shortened, unreachable};
use crate::channels::send::UNSURE;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::Value;

/// Sends to an account of 微博.
pub struct Weibo<'c> {
    /// The connections.
    pub client: &'c reqwest::Client,
    /// The address of the interface.
    pub base: &'c str,
}

const SHARING: &str = "sharing";
/// The platform takes 140 characters, with the address in them.
const LONGEST: usize = 140;

impl Weibo<'_> {
    async fn share(&self, parcel: &Parcel) -> Advance {
        let n_address = parcel.address.chars().count() + 1;
        let title = shortened(&parcel.title, LONGEST.saturating_sub(n_address).max(20));
        let status = format!("{title} {}", parcel.address);
        let form = [("access_token", parcel.secret.0.as_str()), ("status", &status)];
        let Ok(address) = reqwest::Url::parse(&format!(
            "{}/2/statuses/share.json",
            self.base.trim_end_matches('/')
        )) else {
            return Advance::failed("设置 channels.weibo_address 不是网址");
        };
        let body = reqwest::Url::parse_with_params("http://form.invalid/", form)
            .ok()
            .and_then(|url| url.query().map(str::to_owned))
            .unwrap_or_default();
        let request = self.client.post(address);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let sent = request.body(body).send().await;
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) if error.is_connect() => {
                return again(unreachable(error), SignedDuration::ZERO);
            }
            Err(error) => return Advance::failed(format!("{}；{UNSURE}", unreachable(error))),
        };
        let status = answer.status();
        let body: Value = answer.json().await.unwrap_or_default();
        if status.is_server_error() {
            return Advance::failed(format!("微博平台应答 {}；{UNSURE}", status.as_u16()));
        }
        outcome(status.as_u16(), &body)
    }
}

fn again(reason: String, wait: SignedDuration) -> Advance {
    Advance::Later { reason, wait, from: Some(("again".to_owned(), String::new())) }
}

fn outcome(status: u16, body: &Value) -> Advance {
    if let Some(id) = body["idstr"].as_str() {
        let account = body["user"]["idstr"].as_str().unwrap_or_default();
        let address = format!("https://weibo.com/{account}/{id}");
        return Advance::Sent { outside_id: id.to_owned(), address };
    }
    let code = body["error_code"].as_i64().unwrap_or(0);
    match code {
        // Limits of requests an hour, of the address, of the user.
        10022..=10024 => {
            let reason = format!("微博平台限制频次，错误码 {code}");
            again(reason, SignedDuration::from_hours(1))
        }
        21314..=21327 => {
            Advance::failed(format!("微博授权已失效，错误码 {code}，请重新授权后更新密钥"))
        }
        20019 | 20017 => Advance::failed("微博平台认为内容重复，请到平台核对是否已经发出"),
        _ => Advance::failed(format!("微博平台拒绝，应答 {status}，错误码 {code}")),
    }
}

impl Outlet for Weibo<'_> {
    fn advance<'a>(
        &'a self,
        parcel: &'a Parcel,
        reached: Option<&'a Reached>,
    ) -> BoxFuture<'a, Advance> {
        Box::pin(async move {
            match reached {
                Some((step, _)) if step == SHARING => self.share(parcel).await,
                _ => Advance::Next((SHARING.to_owned(), String::new())),
            }
        })
    }

    fn unsure_step(&self) -> Option<&'static str> {
        Some(SHARING)
    }
}
