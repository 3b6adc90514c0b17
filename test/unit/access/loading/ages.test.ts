import assert from 'node:assert/strict';
import { readCompleteList } from '../../../../src/access/loading/currentAccess';
import { loadProjectAccess } from '../../../../src/access/loading/loadProjectAccess';
import { standingOfAnswer } from '../../../../src/access/loading/standing';
import { ago } from '../../../../src/text/dates';
import { fromDate, steadyNow, toDate } from '../../../../src/text/steadyClock';
import { checkpoint, steadyOrganizationAt, usePlace } from '../support';

describe('ages while the computer’s clock is set', () => {
  const place = usePlace(3);
  const realNow = Date.now;
  const hour = 3_600_000;
  let shift = 0;

  beforeEach(() => {
    shift = 0;
    Date.now = () => realNow() + shift;
    place.organization.dispose();
    place.organization = steadyOrganizationAt(place.emulator);
  });
  afterEach(() => {
    Date.now = realNow;
  });
  const age = () => {
    const { loadedAt = Number.NaN } = place.organization.standingOf(checkpoint);
    return Date.now() - loadedAt;
  };

  it('Truth 15: a list is never younger than it is, nor from the future', async () => {
    await place.organization.permissions.read(checkpoint);
    shift = -hour;
    assert.ok(age() >= 0 && age() < 60_000, String(age()));
    assert.deepEqual(place.organization.standingOf(checkpoint).doubts, []);
    const { loadedAt = 0 } = place.organization.standingOf(checkpoint);
    assert.ok(!/in /.test(ago(loadedAt, Date.now())));
  });

  it('Truth 15: what decides is not read again because the clock was set back', async () => {
    await place.organization.permissions.read(checkpoint);
    shift = -hour;
    await readCompleteList(place.organization.permissions, checkpoint);
    assert.equal(place.emulator.requests.length, 1);
  });

  it('Truth 15: the list of projects and an answer about one project have their true ages, too', async () => {
    const { permissions, projects } = place.organization;
    const never = new AbortController().signal;
    await projects.read();
    await loadProjectAccess(permissions, 'proj_elsewhere', [checkpoint], never, () => undefined);
    shift = -hour;
    const { loadedAt = 0 } = place.organization.projectsStanding;
    const { at = 0 } = permissions.answers.get(checkpoint, 'proj_elsewhere') ?? {};
    const answer = standingOfAnswer(0, at, Date.now());
    for (const moment of [loadedAt, answer.loadedAt ?? 0]) {
      assert.ok(Date.now() - moment >= 0 && Date.now() - moment < 60_000);
    }
  });

  it('a moment is its date unless the clocks differ', () => {
    const moment = steadyNow() - 12_345;
    assert.equal(toDate(moment), moment);
    shift = -hour;
    assert.ok(Math.abs(toDate(moment) - (moment - hour)) < 2000);
  });

  it('the moment of a date is the one that the date was made of, also while the clocks drift', () => {
    const moment = steadyNow() - 12_345;
    shift = -500;
    assert.equal(fromDate(toDate(moment)), moment);
    assert.ok(fromDate(Date.now() + hour) <= steadyNow());
  });
});
