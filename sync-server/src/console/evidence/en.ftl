evidence-take = Download the evidence
