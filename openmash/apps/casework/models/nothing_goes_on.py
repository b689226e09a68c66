import pgtrigger

STILL_LOST = """
    SELECT 1 FROM casework_stageopen lost
    WHERE lost.stage = 'pregnancy_ended' AND lost.case_id = {case}
      AND NOT EXISTS (SELECT 1 FROM casework_stageended e WHERE e.opened_id = lost.id)
"""
"""Whether the pregnancy of this case has ended, and nobody has taken that back."""

NOTHING_GOES_ON = pgtrigger.Trigger(
    name="nothing_goes_on_after_a_loss",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func=f"""
        IF EXISTS ({STILL_LOST.format(case="NEW.case_id")}
              AND NOT EXISTS (SELECT 1 FROM casework_pregnancyended p WHERE p.opened_id = lost.id)
        ) OR EXISTS ({STILL_LOST.format(case="NEW.case_id")}) AND (
            EXISTS (SELECT 1 FROM casework_clock k WHERE k.case_id = NEW.case_id AND k.stopped_at IS NULL)
            OR EXISTS (
                SELECT 1 FROM casework_stageopen s
                WHERE s.case_id = NEW.case_id AND s.stage <> 'pregnancy_ended'
                  AND NOT EXISTS (SELECT 1 FROM casework_stageended e WHERE e.opened_id = s.id))
        ) THEN
            RAISE EXCEPTION 'nothing is asked any more for a child whose pregnancy has ended'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    """,  # noqa: S608 -- no value of anybody's stands in it
)
"""On stages and on clocks: after a pregnancy has ended no clock runs and no stage is open beside it."""
