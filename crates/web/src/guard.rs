//! What holds for every request, whatever page it is for: no form from another site, no character that
//! no database takes, a page in words for every failure, nothing of the workplace kept by a browser.

use crate::answer::{Failure, failure};
use crate::page::reading;
use crate::public::site::mode;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use gongkai_app::AppError;

/// Whether a browser says that the request was sent by a page of another site.
pub fn is_foreign(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site");
    site.is_some_and(|site| !matches!(site.as_bytes(), b"same-origin" | b"none"))
}

/// Refuses what no page may be asked, and sees that every answer is in words.
pub async fn guard(request: Request, next: Next) -> Response {
    let mode = mode(request.headers());
    reading(mode, guarded(request, next)).await
}

async fn guarded(request: Request, next: Next) -> Response {
    let is_work = request.uri().path().starts_with("/work");
    let answer = match refusal(&request) {
        Some(message) => Failure(AppError::Forbidden(message.to_owned())).into_response(),
        None => next.run(request).await,
    };
    let mut answer = in_words(answer);
    if is_work {
        let kept = HeaderValue::from_static("no-store");
        answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(kept);
    }
    answer
}

fn refusal(request: &Request) -> Option<&'static str> {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !reads && is_foreign(request.headers()) {
        return Some("这份表单不是从本系统的页面提交的；请打开本系统的页面重新填写");
    }
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    address.contains("%00").then_some("地址中含有不能使用的字符，请核对地址")
}

/// A failure that says nothing, or says it to programmers, becomes a page in words.
fn in_words(answer: Response) -> Response {
    let kind = answer.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_bare = kind.is_none_or(|kind| kind.starts_with(b"text/plain"));
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) || !is_bare {
        return answer;
    }
    let (title, message) = words(status);
    failure(status, title, message)
}

fn words(status: StatusCode) -> (&'static str, &'static str) {
    match status.as_u16() {
        404 => ("没有找到", "没有找到这个网页，地址可能有误，或者内容已经搬走"),
        405 => ("不能这样访问", "这个地址不接受这种请求，请从页面上的链接或按钮进入"),
        408 => ("等待超时", "等了 30 秒没有收完或办完，请检查网络后重试"),
        413 => ("提交的内容过大", "一次提交最多 32 MB，请减小附件或分几次提交"),
        415 | 422 => ("填写的内容有误", "提交的内容无法识别，请回到页面重新填写"),
        429 => ("访问过于频繁", "请稍等片刻再试"),
        500.. => ("系统出错", "服务器没有完成这次请求，请稍后再试；仍然出错请告诉系统管理员"),
        _ => ("请求有误", "这个请求无法识别，请核对地址，或回到首页重新进入"),
    }
}
