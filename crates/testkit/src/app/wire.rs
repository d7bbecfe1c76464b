//! HTTP by hand over a socket: for what no well-behaved client would send, and for a server in
//! another process.

use super::Answer;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A client over sockets, with its cookies and the token its forms carry.
#[derive(Clone, Debug)]
pub struct Wire {
    server: SocketAddr,
    cookies: BTreeMap<String, String>,
    form_token: String,
}

impl Wire {
    /// A client of this server.
    pub fn new(server: SocketAddr) -> Self {
        Self { server, cookies: BTreeMap::new(), form_token: String::new() }
    }

    /// The same client, still signed in, of a server that came up again elsewhere.
    pub fn moved_to(mut self, server: SocketAddr) -> Self {
        self.server = server;
        self
    }

    /// Sends these very bytes and reads until the server closes or `patience` is over.
    ///
    /// # Errors
    /// When the connection breaks before a whole head came back.
    pub fn raw(&self, bytes: &[u8], patience: Duration) -> io::Result<Answer> {
        let mut socket = TcpStream::connect(self.server)?;
        socket.set_read_timeout(Some(patience))?;
        // A server that has answered already may close while we still write: the answer counts.
        let written = socket.write_all(bytes);
        let mut answer = Vec::new();
        let mut piece = [0; 65_536];
        loop {
            match socket.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(n_bytes) => answer.extend_from_slice(&piece[..n_bytes]),
            }
        }
        match parse(&answer) {
            Some(answer) => Ok(answer),
            None => Err(written.err().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into())),
        }
    }

    fn send(&mut self, method: &str, address: &str, body: &str) -> io::Result<Answer> {
        self.send_as(method, address, "application/x-www-form-urlencoded", body)
    }

    fn send_as(
        &mut self,
        method: &str,
        address: &str,
        kind: &str,
        body: &str,
    ) -> io::Result<Answer> {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let head = format!(
            "{method} {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {cookies}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            self.server,
            body.len(),
        );
        let answer = self.raw(head.as_bytes(), Duration::from_secs(30))?;
        for cookie in answer.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(answer)
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn get(&mut self, address: &str) -> io::Result<Answer> {
        self.send("GET", address, "")
    }

    /// Sends a form with its token.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("form_token", &self.form_token).extend_pairs(fields);
        self.send("POST", address, &body.finish())
    }

    /// Sends a form with a file, the way browsers do.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn post_parts(
        &mut self,
        address: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &str)>,
    ) -> io::Result<Answer> {
        const EDGE: &str = "----part";
        let token = self.form_token.clone();
        let mut body = String::new();
        let mut part = |head: &str, value: &str| {
            let head = format!("--{EDGE}\r\nContent-Disposition: form-data; {head}");
            body.push_str(&format!("{head}\r\n\r\n{value}\r\n"));
        };
        part("name=\"form_token\"", &token);
        for (name, value) in fields {
            part(&format!("name=\"{name}\""), value);
        }
        if let Some((name, text)) = file {
            let head = format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain");
            part(&head, text);
        }
        body.push_str(&format!("--{EDGE}--\r\n"));
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.send_as("POST", address, &kind, &body)
    }

    /// Signs in.
    ///
    /// # Errors
    /// When the server is gone or does not let us in.
    pub fn sign_in(&mut self, login: &str, password: &str) -> io::Result<()> {
        let page = self.get("/sign-in")?;
        self.form_token = page.hidden("form_token").pop().unwrap_or_default();
        self.post("/sign-in", &[("login", login), ("password", password)])?;
        let inside = self.get("/work")?;
        self.form_token =
            inside.hidden("form_token").pop().ok_or(io::ErrorKind::PermissionDenied)?;
        Ok(())
    }
}

/// An answer with a whole head; a body in chunks is put together.
fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|each| each == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?;
    let status = StatusCode::from_bytes(status.as_bytes()).ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    let body = &bytes[end + 4..];
    let in_chunks = headers.get("transfer-encoding").is_some_and(|value| value == "chunked");
    let body = if in_chunks { joined(body) } else { body.to_vec() };
    Some(Answer { status, headers, body: Bytes::from(body) })
}

fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|each| each == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).ok();
        let size = size.and_then(|size| usize::from_str_radix(size.trim(), 16).ok()).unwrap_or(0);
        let start = end + 2;
        if size == 0 || rest.len() < start + size + 2 {
            break;
        }
        body.extend_from_slice(&rest[start..start + size]);
        rest = &rest[start + size + 2..];
    }
    body
}
