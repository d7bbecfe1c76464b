//! Who may do what where: roles, posts, and the three administrators that are never one person.

use crate::id::{OrganId, PersonId};
use crate::refusal::Refusal;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a person may do in an organ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 信息员: drafts, corrects, publishes what was approved.
    Clerk,
    /// 科室负责人: the first review.
    Reviewer,
    /// 分管领导: the last review.
    Leader,
    /// 保密审查员: the secrecy review that no setting can leave out.
    SecrecyReviewer,
    /// 政府信息公开工作机构: sees its own organ and all below, keeps guide and catalogue.
    DisclosureOffice,
    /// 系统管理员: organs, people, settings.
    SystemAdministrator,
    /// 安全管理员: roles, locks, password rules.
    SecurityAdministrator,
    /// 审计员: reads the audit log.
    Auditor,
}

impl Role {
    /// Every role, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Clerk,
        Self::Reviewer,
        Self::Leader,
        Self::SecrecyReviewer,
        Self::DisclosureOffice,
        Self::SystemAdministrator,
        Self::SecurityAdministrator,
        Self::Auditor,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clerk => "信息员",
            Self::Reviewer => "科室负责人",
            Self::Leader => "分管领导",
            Self::SecrecyReviewer => "保密审查员",
            Self::DisclosureOffice => "信息公开工作机构",
            Self::SystemAdministrator => "系统管理员",
            Self::SecurityAdministrator => "安全管理员",
            Self::Auditor => "审计员",
        }
    }

    /// One of the three administrators (三员).
    pub fn is_administrator(self) -> bool {
        matches!(self, Self::SystemAdministrator | Self::SecurityAdministrator | Self::Auditor)
    }
}

/// A role that somebody holds in an organ for a time.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Post {
    /// Where.
    pub organ: OrganId,
    /// As what.
    pub role: Role,
    /// The first day.
    pub from: Date,
    /// The last day; `None` until further notice.
    pub until: Option<Date>,
    /// Who is away and handed it over, where it is a delegation.
    pub instead_of: Option<PersonId>,
}

impl Post {
    /// Whether the post is held on this day.
    pub fn is_held_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Somebody who acts: the person and the posts held today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// How the person is called on pages and in the audit log.
    pub name: String,
    /// The posts held today, delegations included.
    pub posts: Vec<Post>,
}

impl Actor {
    /// The post by which the actor holds this role in this organ; an own one before a delegated one.
    pub fn post(&self, organ: &OrganId, role: Role) -> Option<&Post> {
        let held = || self.posts.iter().filter(|post| post.organ == *organ && post.role == role);
        held().find(|post| post.instead_of.is_none()).or_else(|| held().next())
    }

    /// Whether the actor holds this role in this organ.
    pub fn is(&self, role: Role, organ: &OrganId) -> bool {
        self.post(organ, role).is_some()
    }

    /// Whether the actor holds this role anywhere.
    pub fn is_anywhere(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }

    /// Whether the actor writes and publishes for this organ: its clerk or its disclosure office.
    pub fn writes_for(&self, organ: &OrganId) -> bool {
        self.is(Role::Clerk, organ) || self.is(Role::DisclosureOffice, organ)
    }

    /// Whether the actor works in this organ on what is published.
    pub fn works_in(&self, organ: &OrganId) -> bool {
        self.posts.iter().any(|post| post.organ == *organ && !post.role.is_administrator())
    }

    /// Whether the actor works on disclosure requests of this organ (依申请公开).
    pub fn handles_requests(&self, organ: &OrganId) -> bool {
        self.writes_for(organ)
    }

    /// The post by which the actor approves replies of this organ, if there is one.
    pub fn approves_replies(&self, organ: &OrganId) -> Option<&Post> {
        self.post(organ, Role::Leader).or_else(|| self.post(organ, Role::Reviewer))
    }

    /// Whether the actor sees what an organ does: works there, or in the disclosure office of one above.
    ///
    /// `lineage` is the organ and the organs above it.
    pub fn sees(&self, lineage: &[OrganId]) -> bool {
        let oversees = |organ| self.is(Role::DisclosureOffice, organ);
        lineage.first().is_some_and(|own| self.works_in(own)) || lineage.iter().any(oversees)
    }
}

/// Refuses a role that would join two of the three administrators, or one of them and business, in
/// one person (三员分立).
///
/// # Errors
/// When `new` may not stand beside one of the roles `held`.
pub fn may_also_be(held: &[Role], new: Role) -> Result<(), Refusal> {
    let clashes =
        |role: &&Role| **role != new && (role.is_administrator() || new.is_administrator());
    match held.iter().find(clashes) {
        None => Ok(()),
        Some(other) => Err(Refusal::new(
            "授予角色",
            other.name(),
            format!(
                "系统管理员、安全管理员、审计员由不同的人担任，也不兼办业务；此人已是{}，不能再任{}，请另选一人",
                other.name(),
                new.name()
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organ(name: &str) -> OrganId {
        name.parse().expect("an id")
    }

    fn actor(posts: &[(&str, Role)]) -> Actor {
        let post = |(name, role): &(&str, Role)| Post {
            organ: organ(name),
            role: *role,
            from: Date::constant(2020, 1, 1),
            until: None,
            instead_of: None,
        };
        Actor {
            person: "p".parse().expect("an id"),
            name: "王某".to_owned(),
            posts: posts.iter().map(post).collect(),
        }
    }

    #[test]
    fn the_three_administrators_are_never_one_person() {
        for one in Role::ALL {
            for other in Role::ALL {
                let together = may_also_be(&[one], other).is_ok();
                let apart = one != other && (one.is_administrator() || other.is_administrator());
                assert_eq!(together, !apart, "{} and {}", one.name(), other.name());
            }
        }
    }

    #[test]
    fn the_office_above_sees_below_and_not_beside() {
        let office = actor(&[("county", Role::DisclosureOffice)]);
        assert!(office.sees(&[organ("bureau"), organ("county")]));
        assert!(!office.sees(&[organ("other"), organ("other-county")]));
        let clerk = actor(&[("bureau", Role::Clerk)]);
        assert!(clerk.sees(&[organ("bureau"), organ("county")]));
        assert!(!clerk.sees(&[organ("county")]));
        assert!(!actor(&[("bureau", Role::Auditor)]).sees(&[organ("bureau")]));
    }

    #[test]
    fn a_post_is_held_from_its_first_to_its_last_day() {
        let day = |day| Date::constant(2025, 3, day);
        let post = Post {
            organ: organ("bureau"),
            role: Role::Clerk,
            from: day(3),
            until: Some(day(5)),
            instead_of: None,
        };
        let held: Vec<_> = (1..8).filter(|each| post.is_held_on(day(*each))).collect();
        assert_eq!(held, [3, 4, 5]);
    }
}
