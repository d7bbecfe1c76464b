//! The acts on a request, with the words and articles of each; nothing is done here.

use serde::{Deserialize, Serialize};

macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident = $key:literal, $name:literal, $article:expr;)+) => {
        /// What can be done to a request, as it stands in the audit log.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RequestAct {
            $($(#[$doc])* $variant,)+
        }

        impl RequestAct {
            /// Every act, in the order of a request's life.
            pub const ALL: [Self; [$(Self::$variant),+].len()] = [$(Self::$variant),+];

            /// What people call it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The stable key: in addresses, of notices; `request.<key>` in the audit log.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The article it rests on.
            pub fn article(self) -> Option<&'static str> {
                match self { $(Self::$variant => $article),+ }
            }

            /// The act with this key.
            pub fn of_key(key: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|each| each.key() == key)
            }
        }
    };
}

acts! {
    /// 登记.
    Register = "register", "登记", Some("《政府信息公开条例》第二十九条");
    /// 确认收到.
    ConfirmReceipt = "confirm_receipt", "确认收到", Some("《政府信息公开条例》第三十一条");
    /// 告知补正.
    AskSupplement = "ask_supplement", "告知补正", Some("《政府信息公开条例》第三十条");
    /// 收到补正.
    ReceiveSupplement = "receive_supplement", "收到补正", Some("《政府信息公开条例》第三十条");
    /// 逾期不补正，不再处理.
    CloseUnsupplemented =
        "close_unsupplemented", "逾期不补正结案", Some("《政府信息公开条例》第三十条");
    /// 分派.
    Assign = "assign", "分派办理", None;
    /// 承办意见.
    ReportPart = "report_part", "提交承办意见", None;
    /// 记录检索.
    LogSearch = "log_search", "记录检索", Some("《政府信息公开条例》第三十六条第四项");
    /// 明确负责机关.
    NameOrgan = "name_organ", "记明负责公开的机关", Some("《政府信息公开条例》第三十六条第五项");
    /// 征求意见.
    Consult = "consult", "征求意见", Some("《政府信息公开条例》第三十二条、第三十四条");
    /// 意见书送达.
    NoteDelivery = "note_delivery", "登记意见书送达", Some("《政府信息公开条例》第三十二条、第三十四条");
    /// 收到意见.
    HearOpinion = "hear_opinion", "收到意见", Some("《政府信息公开条例》第三十二条、第三十四条");
    /// 逾期未提出意见.
    NoteSilence = "note_silence", "登记逾期未提出意见", Some("《政府信息公开条例》第三十二条、第三十四条");
    /// 延长答复期限.
    Extend = "extend", "延长答复期限", Some("《政府信息公开条例》第三十三条第二款");
    /// 要求说明理由.
    AskReasons = "ask_reasons", "要求说明理由", Some("《政府信息公开条例》第三十五条");
    /// 收到理由.
    HearReasons = "hear_reasons", "收到说明理由", Some("《政府信息公开条例》第三十五条");
    /// 确定延迟答复的合理期限.
    Delay = "delay", "确定延迟答复期限", Some("《政府信息公开条例》第三十五条");
    /// 提出收费建议.
    ProposeFee = "propose_fee", "提出收费建议", Some("《政府信息公开条例》第四十二条");
    /// 通知缴费.
    NotifyFee = "notify_fee", "通知缴费", Some("《政府信息公开信息处理费管理办法》第六条");
    /// 不予收费.
    WaiveFee = "waive_fee", "决定不收费", Some("《政府信息公开条例》第四十二条");
    /// 收到缴费.
    ReceivePayment = "receive_payment", "收到缴费", Some("《政府信息公开信息处理费管理办法》第六条");
    /// 逾期未缴费，不再处理.
    CloseUnpaid = "close_unpaid", "逾期未缴费结案", Some("《政府信息公开信息处理费管理办法》第六条");
    /// 拟办.
    Propose = "propose", "拟写答复", Some("《政府信息公开条例》第三十六条");
    /// 退回修改.
    Return = "return", "退回修改", None;
    /// 批准.
    Approve = "approve", "批准答复", None;
    /// 送达.
    Serve = "serve", "送达答复", Some("《政府信息公开条例》第三十三条");
    /// 更正自身信息.
    CorrectRecord = "correct_record", "办理更正", Some("《政府信息公开条例》第四十一条");
    /// 撤回申请.
    Withdraw = "withdraw", "撤回申请", None;
    /// 重新办理.
    Reopen = "reopen", "重新办理", None;
    /// 归档.
    Archive = "archive", "归档", Some("《政府信息公开条例》第四十五条");
}

impl RequestAct {
    /// Whether the requester does it, too.
    pub fn is_of_requester(self) -> bool {
        matches!(self, Self::ReceiveSupplement | Self::HearReasons | Self::Withdraw)
    }

    /// Whether the requester may see on the tracking page that it happened.
    pub fn is_told(self) -> bool {
        !matches!(
            self,
            Self::Assign
                | Self::ReportPart
                | Self::LogSearch
                | Self::NameOrgan
                | Self::NoteDelivery
                | Self::ProposeFee
                | Self::Propose
                | Self::Return
                | Self::Approve
                | Self::Archive
        )
    }

    /// Whether the requester may read what was noted with it, too: not who was consulted.
    pub fn tells_note(self) -> bool {
        self.is_told() && !matches!(self, Self::Consult | Self::HearOpinion | Self::NoteSilence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_goes_by_one_key() {
        for act in RequestAct::ALL {
            assert_eq!(RequestAct::of_key(act.key()), Some(act));
        }
    }
}
