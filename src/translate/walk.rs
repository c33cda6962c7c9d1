//! The texts of each kind of document, by the names that they have in its translation.

use super::pass::Pass;
use crate::model::{
    Channel, Choice, EvidenceSource, Fact, FactValue, Material, ProcedureDocument,
    ProviderDocument, Record, Site, Standard, Step,
};
use crate::yaml::Placed;

/// A document whose texts can be translated.
pub(super) trait Texts {
    /// Goes through all of them.
    fn walk(&mut self, pass: &mut Pass<'_>);
}

impl Texts for Site {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.text("title", &mut self.title);
        pass.maybe("agent_message", &mut self.agent_message);
    }
}

impl Texts for Vec<Choice> {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.within("choices", |pass| {
            for choice in self {
                pass.within(choice.id.value.as_str(), |pass| {
                    pass.text("question", &mut choice.question);
                    pass.within("options", |pass| {
                        for option in &mut choice.options.value {
                            pass.within(option.id.value.as_str(), |pass| {
                                pass.text("label", &mut option.label);
                                if let Some(stop) = &mut option.stop {
                                    pass.text("stop", &mut stop.text);
                                }
                            });
                        }
                    });
                });
            }
        });
    }
}

impl Texts for Vec<Material> {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.within("materials", |pass| {
            for material in self {
                pass.within(material.id.value.as_str(), |pass| {
                    pass.text("title", &mut material.title);
                    pass.maybe("note", &mut material.note);
                });
            }
        });
    }
}

impl Texts for Vec<EvidenceSource> {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.within("sources", |pass| {
            for source in self {
                pass.within(source.id.value.as_str(), |pass| {
                    pass.text("title", &mut source.title);
                });
            }
        });
    }
}

impl Texts for Standard {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.text("title", &mut self.title);
        pass.within("steps", |pass| {
            for requirement in &mut self.steps.value {
                pass.within(requirement.id.value.as_str(), |pass| {
                    pass.text("title", &mut requirement.title);
                    pass.text("because", &mut requirement.because);
                });
            }
        });
        pass.within("facts", |pass| {
            for fact in &mut self.facts {
                let id = fact.id.value.as_str();
                pass.within(id, |pass| {
                    pass.text("title", &mut fact.title);
                    pass.options(id, fact.options.iter().map(|option| option.as_str()));
                });
            }
        });
    }
}

impl Texts for ProviderDocument {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.text("name", &mut self.name);
        // A company has its legal name in one language.
        let legal = self.legal_name.as_mut();
        pass.kept("legal_name", legal.map(|name| &mut name.value));
        pass.within("channels", |pass| {
            for Channel {
                id, label, hours, ..
            } in &mut self.channels.value
            {
                pass.within(id.value.as_str(), |pass| {
                    pass.text("label", label);
                    pass.maybe("hours", hours);
                });
            }
        });
        self.sources.walk(pass);
    }
}

impl Texts for ProcedureDocument {
    fn walk(&mut self, pass: &mut Pass<'_>) {
        pass.maybe("title", &mut self.title);
        pass.maybe("summary", &mut self.summary);
        pass.maybe("ends", &mut self.ends);
        pass.maybe("leaves", &mut self.leaves);
        for phase in self.phases.iter_mut().flat_map(|phases| &mut phases.value) {
            pass.within("phases", |pass| {
                pass.within(phase.id.value.as_str(), |pass| {
                    pass.maybe("title", &mut phase.title);
                    pass.maybe("note", &mut phase.note);
                });
            });
            let steps = phase.steps.iter_mut().flat_map(|steps| &mut steps.value);
            steps.for_each(|it| step(it, pass));
        }
        let steps = self.steps.iter_mut().flat_map(|steps| &mut steps.value);
        steps.for_each(|it| step(it, pass));
        pass.within("notices", |pass| {
            for notice in self.notices.iter_mut().flat_map(|it| &mut it.value) {
                pass.text(notice.id.value.as_str(), &mut notice.text);
            }
        });
        pass.within("questions", |pass| {
            for question in self.questions.iter_mut().flat_map(|it| &mut it.value) {
                pass.within(question.id.value.as_str(), |pass| {
                    pass.text("question", &mut question.question);
                    pass.maybe("answer", &mut question.answer);
                });
            }
        });
        pass.within("facts", |pass| {
            for (id, fact) in self.facts.iter_mut().flat_map(|facts| &mut facts.value.0) {
                if let Fact::Known {
                    value: FactValue::Text(text),
                    ..
                } = fact
                {
                    pass.fact(id.value.as_str(), text);
                }
            }
        });
        reasons(self, pass);
    }
}

/// Why a procedure is as it is.
fn reasons(procedure: &mut ProcedureDocument, pass: &mut Pass<'_>) {
    pass.within("drop", |pass| {
        for drop in &mut procedure.drop {
            pass.text(drop.step.value.as_str(), &mut drop.because);
        }
    });
    if let Some(only) = &mut procedure.only {
        pass.text("only", &mut only.because);
    }
    pass.within("waives", |pass| {
        for waiver in &mut procedure.waives {
            if let (Some(requirement), Some(because)) = (&waiver.requirement, &mut waiver.because) {
                pass.text(requirement.value.as_str(), because);
            }
        }
    });
    pass.within("retired", |pass| {
        for retired in &mut procedure.retired {
            pass.text(retired.step.value.as_str(), &mut retired.because);
        }
    });
}

fn step(step: &mut Step, pass: &mut Pass<'_>) {
    pass.within("steps", |pass| {
        pass.within(step.id.value.as_str(), |pass| {
            pass.maybe("action", &mut step.action);
            pass.maybe("expect", &mut step.expect);
            pass.maybe("in_case", &mut step.in_case);
            // Pages do not say it, and programs take it as a word of the source.
            pass.kept("actor", step.actor.as_mut());
            pass.maybe("caution", &mut step.caution);
            pass.maybe("undo", &mut step.undo);
            pass.kept("ui_label", step.ui_label.as_mut());
            pass.maybe("cost", &mut step.cost);
            pass.words("aliases", &mut step.aliases);
            records(&mut step.record, pass);
            let cases = step.if_not.iter_mut().flat_map(|it| &mut it.value);
            let mut cases: Vec<_> = cases.collect();
            pass.list("if_not", &mut cases, |pass, at, case| {
                pass.within(at, |pass| {
                    pass.text("case", &mut case.case);
                    pass.text("do", &mut case.r#do);
                });
            });
            let variants = step.variants.iter_mut().flat_map(|it| &mut it.value);
            let mut variants: Vec<_> = variants.collect();
            pass.list("variants", &mut variants, |pass, at, variant| {
                pass.within(at, |pass| {
                    pass.maybe("action", &mut variant.action);
                    pass.maybe("expect", &mut variant.expect);
                    pass.maybe("caution", &mut variant.caution);
                    records(&mut variant.record, pass);
                });
            });
        });
    });
}

fn records(records: &mut Option<Placed<Vec<Record>>>, pass: &mut Pass<'_>) {
    if let Some(records) = records {
        pass.list("record", &mut records.value, |pass, at, record| {
            pass.text(at, &mut record.label);
        });
    }
}
