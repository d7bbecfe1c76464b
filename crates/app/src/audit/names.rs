//! What people call the acts in the audit log.

use crate::{items, reports, requests};

/// Keys of acts that are not acts on items, with what people call them.
pub const ACTS: &[(&str, &str)] = &[
    ("account.add", "新增人员"),
    ("account.begin_second_factor", "开始设置双因素认证"),
    ("account.change_password", "修改密码"),
    ("account.confirm_second_factor", "启用双因素认证"),
    ("account.disable", "停用账号"),
    ("account.enable", "启用账号"),
    ("account.failed_change", "修改密码时原密码不对"),
    ("account.failed_second_factor", "验证码不对"),
    ("account.failed_sign_in", "登录失败"),
    ("account.link_oidc", "关联统一身份认证"),
    ("account.reset_password", "重置密码"),
    ("account.second_factor", "通过双因素认证"),
    ("account.set_reminders", "设置提醒"),
    ("account.sign_in", "登录"),
    ("account.sign_out", "退出"),
    ("account.switch_second_factor_off", "停用双因素认证"),
    ("account.unlock", "解除锁定"),
    ("audit.export", "导出审计日志"),
    ("chain.remove", "取消审核流程"),
    ("chain.remove_reply", "取消答复审批流程"),
    ("chain.set", "设定审核流程"),
    ("chain.set_reply", "设定答复审批流程"),
    ("organ.add", "新增机关"),
    ("organ.change", "修改机关"),
    ("organ.merge", "合并机关"),
    ("organ.rename", "机关更名"),
    ("post.delegate", "委托职责"),
    ("post.end", "解除角色"),
    ("post.give", "授予角色"),
    ("post.take_back", "收回委托"),
    ("seal.remove", "移除印章"),
    ("seal.set", "设置印章"),
    ("setup.offer", "给出初始化地址"),
    ("vault.rotate", "更换密钥"),
];

/// What people call the act with this key; an unknown one is called by its key.
pub fn name(key: &str) -> &str {
    if let Ok(found) = ACTS.binary_search_by_key(&key, |(each, _)| each) {
        return ACTS[found].1;
    }
    match key.split_once('.') {
        Some(("item", _)) => items::act_name(key),
        Some(("request", _)) => requests::act_name(key),
        Some(("report" | "register" | "remedy" | "statistics", _)) => reports::act_name(key),
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_is_found_by_its_key() {
        for (key, words) in ACTS {
            assert_eq!(name(key), *words);
        }
        assert_eq!(name("item.publish"), gongkai_domain::item::Act::Publish.name());
        assert_eq!(name("request.serve"), gongkai_domain::request::RequestAct::Serve.name());
        assert_eq!(name("unknown.act"), "unknown.act");
    }
}
