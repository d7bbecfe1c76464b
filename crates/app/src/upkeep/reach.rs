//! 体检 of reminders: whether their settings can work, and whether the mail server can be reached. It
//! sends nothing.

use super::Finding;
use crate::App;
use crate::config::{Config, MailTls};
use crate::remind::{Secrets, try_connection};

const MAIL: &str = "提醒邮件";
const PUSH: &str = "提醒推送";

/// What the settings say.
pub(super) fn look(config: &Config, secrets: &Secrets) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mail, webhook) = (&config.mail, &config.webhook);
    if !mail.is_on() && !webhook.is_on() {
        return vec![Finding::good("提醒", "没有启用邮件和推送，提醒只在工作台上显示")];
    }
    if mail.is_on() && !mail.user.is_empty() && secrets.smtp_password.is_empty() {
        let message = "设置了 mail.user，而环境变量 GONGKAI_SMTP_PASSWORD 没有口令，邮件发不出去";
        findings.push(Finding::wrong(MAIL, message));
    }
    if mail.is_on() && mail.tls == MailTls::None && !mail.is_here() {
        let message = "mail.tls 为 none，邮件在网上以明文传送，建议改为 implicit 或者 starttls";
        findings.push(Finding::doubtful(MAIL, message));
    }
    if webhook.is_on() && secrets.webhook.is_empty() {
        let message =
            "设置了 webhook.address，而环境变量 GONGKAI_WEBHOOK_SECRET 没有密钥，推送发不出去";
        findings.push(Finding::wrong(PUSH, message));
    } else if webhook.address.starts_with("http://") {
        let message = "webhook.address 不是 https，推送在网上以明文传送";
        findings.push(Finding::doubtful(PUSH, message));
    } else if webhook.is_on() {
        findings.push(Finding::good(PUSH, "设置可以使用"));
    }
    findings
}

/// Whether the mail server can be reached and lets us in.
pub(super) async fn connect(app: &App) -> Option<Finding> {
    let mail = &app.config.mail;
    if !mail.is_on() {
        return None;
    }
    Some(match try_connection(app).await {
        Ok(()) => {
            let message = format!("可以连接 {}:{}", mail.host, mail.port());
            Finding::good(MAIL, message)
        }
        Err(reason) => {
            Finding::wrong(MAIL, format!("连接不上 {}:{}，{reason}", mail.host, mail.port()))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upkeep::Level;

    #[test]
    fn a_missing_secret_is_told_and_no_secret_is_shown() {
        let mut config = Config::default();
        let none = Secrets::default();
        assert_eq!(look(&config, &none)[0].level, Level::Good, "off");
        config.mail.host = "mail.example".to_owned();
        config.mail.user = "gongkai".to_owned();
        config.webhook.address = "http://oa.example/hook".to_owned();
        let found = look(&config, &none);
        let wrong: Vec<_> = found.iter().filter(|each| each.level == Level::Wrong).collect();
        assert_eq!(wrong.len(), 2, "{found:?}");
        assert!(wrong[0].message.contains("GONGKAI_SMTP_PASSWORD"), "{found:?}");
        let secrets = Secrets { smtp_password: "暗语".to_owned(), webhook: "暗语".to_owned() };
        let found = look(&config, &secrets);
        assert!(found.iter().all(|each| each.level != Level::Wrong), "{found:?}");
        assert!(!format!("{found:?}{secrets:?}").contains("暗语"));
    }
}
