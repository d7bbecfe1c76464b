//! 微信公众号: token, draft, publication, its result, as the platform documents them (`draft/add`,
//! `freepublish/submit`, `freepublish/get`).

use super::{Advance, Outlet, Parcel, Reached, shortened, unreachable};
use crate::channels::Outlets;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::sync::PoisonError;

/// Sends to an official account.
pub struct Wechat<'c> {
    /// The connections and the tokens.
    pub outlets: &'c Outlets,
    /// The connections.
    pub client: &'c reqwest::Client,
    /// The address of the interface.
    pub base: &'c str,
}

const DRAFTED: &str = "drafted";
const SUBMITTING: &str = "submitting";
const SUBMITTED: &str = "submitted";
/// The platform's limits: title 32, digest 120 characters.
const LONGEST_TITLE: usize = 32;
const LONGEST_DIGEST: usize = 120;
/// A token is let go a little before the platform does.
const MARGIN_SECONDS: i64 = 120;

impl Wechat<'_> {
    /// The answer of one request; an `errcode` other than 0 is no answer but a code.
    async fn call(&self, request: reqwest::RequestBuilder) -> Result<Value, Advance> {
        let answer = request.send().await.map_err(|error| Advance::later(unreachable(error)))?;
        let status = answer.status();
        if !status.is_success() {
            let reason = format!("微信平台应答 {}", status.as_u16());
            return Err(if status.is_server_error() {
                Advance::later(reason)
            } else {
                Advance::failed(reason)
            });
        }
        let body = answer.json().await;
        body.map_err(|_| Advance::later("微信平台的应答无法识别"))
    }

    async fn token(&self, parcel: &Parcel) -> Result<String, Advance> {
        let kept = {
            let tokens = self.outlets.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            tokens.get(&parcel.account_id).filter(|(_, until)| parcel.now < *until).cloned()
        };
        if let Some((token, _)) = kept {
            return Ok(token);
        }
        let query = [
            ("grant_type", "client_credential"),
            ("appid", parcel.account.address.as_str()),
            ("secret", parcel.secret.0.as_str()),
        ];
        let address = self.address("token", &query)?;
        let answer = self.call(self.client.get(address)).await?;
        let Some(token) = answer["access_token"].as_str() else {
            return Err(refused(code(&answer), None));
        };
        let seconds = answer["expires_in"].as_i64().unwrap_or(0) - MARGIN_SECONDS;
        let until = parcel.now + SignedDuration::from_secs(seconds.clamp(0, 86_400));
        let mut tokens = self.outlets.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.insert(parcel.account_id.clone(), (token.to_owned(), until));
        Ok(token.to_owned())
    }

    fn address(&self, path: &str, query: &[(&str, &str)]) -> Result<reqwest::Url, Advance> {
        let address = format!("{}/cgi-bin/{path}", self.base.trim_end_matches('/'));
        reqwest::Url::parse_with_params(&address, query)
            .map_err(|_| Advance::failed("设置 channels.wechat_address 不是网址"))
    }

    /// A request with the token; one that the platform no longer knows is renewed once.
    async fn post(&self, parcel: &Parcel, path: &str, body: &Value) -> Result<Value, Advance> {
        for is_second in [false, true] {
            let token = self.token(parcel).await?;
            let address = self.address(path, &[("access_token", &token)])?;
            let answer = self.call(self.client.post(address).json(body)).await?;
            match code(&answer) {
                0 => return Ok(answer),
                40001 | 40014 | 42001 if !is_second => {
                    let tokens = &self.outlets.tokens;
                    let mut tokens = tokens.lock().unwrap_or_else(PoisonError::into_inner);
                    tokens.remove(&parcel.account_id);
                }
                other => return Err(refused(other, None)),
            }
        }
        Err(Advance::failed("微信平台不认可换发的凭证，请核对账号标识和密钥"))
    }

    async fn draft(&self, parcel: &Parcel) -> Result<Advance, Advance> {
        let article = json!({
            "title": shortened(&parcel.title, LONGEST_TITLE),
            "author": shortened(&parcel.account.unit, 16),
            "digest": shortened(&parcel.text, LONGEST_DIGEST),
            "content": parcel.html,
            "content_source_url": parcel.address,
            "thumb_media_id": parcel.account.cover,
        });
        let body = json!({ "articles": [article] });
        let answer = self.post(parcel, "draft/add", &body).await?;
        match answer["media_id"].as_str() {
            Some(id) => Ok(Advance::Next((DRAFTED.to_owned(), id.to_owned()))),
            None => Err(Advance::later("微信平台没有给出草稿编号")),
        }
    }

    async fn submit(&self, parcel: &Parcel, draft: &str) -> Result<Advance, Advance> {
        let body = json!({ "media_id": draft });
        let back = || Some((DRAFTED.to_owned(), draft.to_owned()));
        let answer = match self.post(parcel, "freepublish/submit", &body).await {
            Ok(answer) => answer,
            // The platform said no in so many words: nothing is out, the draft stands.
            Err(Advance::Later { reason, wait, .. }) if SignedDuration::ZERO < wait => {
                return Err(Advance::Later { reason, wait, from: back() });
            }
            Err(Advance::Later { reason, .. }) => return Err(unsure(&reason)),
            Err(other) => return Err(other),
        };
        match text(&answer["publish_id"]) {
            Some(id) => Ok(Advance::Next((SUBMITTED.to_owned(), id))),
            None => Err(unsure("微信平台没有给出发布编号")),
        }
    }

    async fn result(&self, parcel: &Parcel, id: &str) -> Result<Advance, Advance> {
        let body = json!({ "publish_id": id });
        let answer = self.post(parcel, "freepublish/get", &body).await?;
        let address = answer["article_detail"]["item"][0]["article_url"].as_str();
        match answer["publish_status"].as_i64() {
            Some(0) => Ok(Advance::Sent {
                outside_id: answer["article_id"].as_str().unwrap_or(id).to_owned(),
                address: address.unwrap_or_default().to_owned(),
            }),
            Some(1) => Ok(Advance::later("微信平台正在发布")),
            Some(2) => Err(Advance::failed("微信平台原创声明审核没有通过")),
            Some(3) => Err(Advance::failed("微信平台常规失败，请到公众平台查看原因")),
            Some(4) => Err(Advance::failed("微信平台审核没有通过，请到公众平台查看原因")),
            other => Err(Advance::failed(format!("微信平台没有发布，状态 {other:?}"))),
        }
    }

    async fn step(&self, parcel: &Parcel, reached: Option<&Reached>) -> Result<Advance, Advance> {
        let Some((step, id)) = reached else { return self.draft(parcel).await };
        match step.as_str() {
            DRAFTED => Ok(Advance::Next((SUBMITTING.to_owned(), id.clone()))),
            SUBMITTING => self.submit(parcel, id).await,
            _ => self.result(parcel, id).await,
        }
    }
}

fn unsure(reason: &str) -> Advance {
    Advance::failed(format!("{reason}；{}", crate::channels::send::UNSURE))
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|each| each.to_string()))
}

fn code(answer: &Value) -> i64 {
    answer["errcode"].as_i64().unwrap_or(0)
}

/// What a code of the platform means for us.
fn refused(code: i64, from: Option<Reached>) -> Advance {
    let wait = match code {
        -1 => SignedDuration::from_mins(1),
        45009 | 45011 => SignedDuration::from_hours(6),
        _ => {
            let hint = match code {
                40001 | 40013 | 40125 | 41004 => "请核对账号标识和密钥",
                40164 => "请在公众平台把本机的出口地址加入白名单",
                40007 => "封面素材编号不存在，请在账号里重新填写",
                48001 => "账号没有这个接口的权限，请到公众平台开通",
                _ => "请按公众平台的错误码说明处理",
            };
            return Advance::failed(format!("微信平台拒绝，错误码 {code}，{hint}"));
        }
    };
    Advance::Later { reason: format!("微信平台暂时不受理，错误码 {code}"), wait, from }
}

impl Outlet for Wechat<'_> {
    fn advance<'a>(
        &'a self,
        parcel: &'a Parcel,
        reached: Option<&'a Reached>,
    ) -> BoxFuture<'a, Advance> {
        Box::pin(async move { self.step(parcel, reached).await.unwrap_or_else(|advance| advance) })
    }

    fn unsure_step(&self) -> Option<&'static str> {
        Some(SUBMITTING)
    }
}
