//! Families SB1, coverage; SB2, references; SB3, evidence; SB4, links; SB5, text and paper: what is decided over the whole book.

pub mod branch_without_end;
pub mod broken_link;
pub mod contact_without_evidence;
pub mod crowded_phase;
pub mod crowded_warnings;
pub mod date_in_future;
pub mod evidence_off_domain;
pub mod expired_review;
pub mod expired_waiver;
pub mod fact_of_wrong_kind;
pub mod forbidden_channel;
pub mod late_notice;
pub mod long_action;
pub mod long_checklist;
pub mod long_sentence;
pub mod malformed_contact;
pub mod missing_recommendation;
pub mod missing_required_channel;
pub mod missing_required_fact;
pub mod missing_required_guidance;
pub mod missing_required_material;
pub mod missing_required_notice;
pub mod missing_required_question;
pub mod missing_required_step;
pub mod order_cycle;
pub mod overcrowded_phase;
pub mod overdue_review;
pub mod partly_covered_step;
pub mod personal_data;
pub mod placeholder_text;
pub mod promised_evasion;
pub mod raw_html;
pub mod redirect_loop;
pub mod released_address_gone;
pub mod released_step_gone;
pub mod reserved_base_url;
pub mod several_pictures;
pub mod step_out_of_order;
pub mod taken_address;
pub mod time_without_unit_or_evidence;
pub mod two_actions_in_one_step;
pub mod undated_source;
pub mod undescribed_picture;
pub mod unknown_channel;
pub mod unknown_choice;
pub mod unknown_fact;
pub mod unknown_gap;
pub mod unknown_guidance;
pub mod unknown_material;
pub mod unknown_next_procedure;
pub mod unknown_option;
pub mod unknown_requirement;
pub mod unknown_source;
pub mod unknown_standard;
pub mod unknown_step_reference;
pub mod unreachable_step;
pub mod unreleased_change;
pub mod unreviewed_procedure;
pub mod unsafe_address;
pub mod unused_channel;
pub mod unused_guidance;
pub mod unused_material;
pub mod unused_procedure;
pub mod unused_waiver;
pub mod unverified_fact;
pub mod vague_expectation;
pub mod waiver_without_reason;
pub mod withdrawn_answer;

use super::Check;
use crate::parse::rules::address_taken_twice;
use crate::resolve::rules::{unknown_procedure, unknown_step};

/// What is decided of each provider by itself, with the shared files that it uses.
pub const CHECKS: &[Check] = &[
    Check {
        rule: missing_required_step::RULE,
        run: missing_required_step::run,
    },
    Check {
        rule: partly_covered_step::RULE,
        run: partly_covered_step::run,
    },
    Check {
        rule: step_out_of_order::RULE,
        run: step_out_of_order::run,
    },
    Check {
        rule: missing_required_material::RULE,
        run: missing_required_material::run,
    },
    Check {
        rule: missing_required_notice::RULE,
        run: missing_required_notice::run,
    },
    Check {
        rule: missing_required_question::RULE,
        run: missing_required_question::run,
    },
    Check {
        rule: missing_required_fact::RULE,
        run: missing_required_fact::run,
    },
    Check {
        rule: missing_required_guidance::RULE,
        run: missing_required_guidance::run,
    },
    Check {
        rule: missing_required_channel::RULE,
        run: missing_required_channel::run,
    },
    Check {
        rule: forbidden_channel::RULE,
        run: forbidden_channel::run,
    },
    Check {
        rule: placeholder_text::RULE,
        run: placeholder_text::run,
    },
    Check {
        rule: waiver_without_reason::RULE,
        run: waiver_without_reason::run,
    },
    Check {
        rule: expired_waiver::RULE,
        run: expired_waiver::run,
    },
    Check {
        rule: unused_waiver::RULE,
        run: unused_waiver::run,
    },
    Check {
        rule: withdrawn_answer::RULE,
        run: withdrawn_answer::run,
    },
    Check {
        rule: missing_recommendation::RULE,
        run: missing_recommendation::run,
    },
    Check {
        rule: late_notice::RULE,
        run: late_notice::run,
    },
    Check {
        rule: fact_of_wrong_kind::RULE,
        run: fact_of_wrong_kind::run,
    },
    Check {
        rule: unknown_step::RULE,
        run: unknown_step_reference::run,
    },
    Check {
        rule: unknown_material::RULE,
        run: unknown_material::run,
    },
    Check {
        rule: unknown_choice::RULE,
        run: unknown_choice::run,
    },
    Check {
        rule: unknown_option::RULE,
        run: unknown_option::run,
    },
    Check {
        rule: unknown_channel::RULE,
        run: unknown_channel::run,
    },
    Check {
        rule: unknown_guidance::RULE,
        run: unknown_guidance::run,
    },
    Check {
        rule: unknown_standard::RULE,
        run: unknown_standard::run,
    },
    Check {
        rule: unknown_procedure::RULE,
        run: unknown_next_procedure::run,
    },
    Check {
        rule: unknown_requirement::RULE,
        run: unknown_requirement::run,
    },
    Check {
        rule: unknown_source::RULE,
        run: unknown_source::run,
    },
    Check {
        rule: order_cycle::RULE,
        run: order_cycle::run,
    },
    Check {
        rule: unused_channel::RULE,
        run: unused_channel::run,
    },
    Check {
        rule: unreachable_step::RULE,
        run: unreachable_step::run,
    },
    Check {
        rule: unknown_fact::RULE,
        run: unknown_fact::run,
    },
    Check {
        rule: unknown_gap::RULE,
        run: unknown_gap::run,
    },
    Check {
        rule: unverified_fact::RULE,
        run: unverified_fact::run,
    },
    Check {
        rule: contact_without_evidence::RULE,
        run: contact_without_evidence::run,
    },
    Check {
        rule: evidence_off_domain::RULE,
        run: evidence_off_domain::run,
    },
    Check {
        rule: overdue_review::RULE,
        run: overdue_review::run,
    },
    Check {
        rule: expired_review::RULE,
        run: expired_review::run,
    },
    Check {
        rule: undated_source::RULE,
        run: undated_source::run,
    },
    Check {
        rule: time_without_unit_or_evidence::RULE,
        run: time_without_unit_or_evidence::run,
    },
    Check {
        rule: unreviewed_procedure::RULE,
        run: unreviewed_procedure::run,
    },
    Check {
        rule: date_in_future::RULE,
        run: date_in_future::run,
    },
    Check {
        rule: malformed_contact::RULE,
        run: malformed_contact::run,
    },
    Check {
        rule: released_step_gone::RULE,
        run: released_step_gone::run,
    },
    Check {
        rule: redirect_loop::RULE,
        run: redirect_loop::run,
    },
    Check {
        rule: unreleased_change::RULE,
        run: unreleased_change::run,
    },
    Check {
        rule: two_actions_in_one_step::RULE,
        run: two_actions_in_one_step::run,
    },
    Check {
        rule: vague_expectation::RULE,
        run: vague_expectation::run,
    },
    Check {
        rule: long_action::RULE,
        run: long_action::run,
    },
    Check {
        rule: crowded_phase::RULE,
        run: crowded_phase::run,
    },
    Check {
        rule: overcrowded_phase::RULE,
        run: overcrowded_phase::run,
    },
    Check {
        rule: branch_without_end::RULE,
        run: branch_without_end::run,
    },
    Check {
        rule: crowded_warnings::RULE,
        run: crowded_warnings::run,
    },
    Check {
        rule: long_checklist::RULE,
        run: long_checklist::run,
    },
];

/// What is decided of each text and guidance file by itself, with who shows it.
pub const CHECKS_OF_GUIDANCE: &[Check] = &[
    Check {
        rule: broken_link::RULE,
        run: broken_link::run,
    },
    Check {
        rule: raw_html::RULE,
        run: raw_html::run,
    },
    Check {
        rule: unsafe_address::RULE,
        run: unsafe_address::run,
    },
    Check {
        rule: personal_data::RULE,
        run: personal_data::run,
    },
    Check {
        rule: promised_evasion::RULE,
        run: promised_evasion::run,
    },
    Check {
        rule: long_sentence::RULE,
        run: long_sentence::run,
    },
    Check {
        rule: several_pictures::RULE,
        run: several_pictures::run,
    },
    Check {
        rule: undescribed_picture::RULE,
        run: undescribed_picture::run,
    },
    Check {
        rule: placeholder_text::RULE,
        run: placeholder_text::of_guidance,
    },
];

/// What cannot be decided but of everything together.
pub const CHECKS_OF_ALL: &[Check] = &[
    Check {
        rule: unused_guidance::RULE,
        run: unused_guidance::run,
    },
    Check {
        rule: unused_material::RULE,
        run: unused_material::run,
    },
    Check {
        rule: unused_procedure::RULE,
        run: unused_procedure::run,
    },
    Check {
        rule: released_address_gone::RULE,
        run: released_address_gone::run,
    },
    Check {
        rule: address_taken_twice::RULE,
        run: taken_address::run,
    },
    Check {
        rule: reserved_base_url::RULE,
        run: reserved_base_url::run,
    },
];

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().chain(CHECKS_OF_GUIDANCE).chain(CHECKS_OF_ALL)
}
