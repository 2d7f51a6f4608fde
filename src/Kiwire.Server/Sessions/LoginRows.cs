using System.Text;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>A batch's decisions on logins: rows of the history, and what they make of the unauthorised devices.</summary>
internal sealed class LoginRows(StatementRunner run, ApplierSql sql)
{
    private readonly List<object?[]> _history = [];
    private readonly Dictionary<(long TenantId, string Mac), Attempts> _devices = [];

    public void Add(scoped in LoginRecord login)
    {
        string userName = Encoding.UTF8.GetString(login.UserName);
        string mac = login.Device.ToString();
        string clientIp = AddressText.Of(login.ClientAddress);
        string reason = LoginWords.Of(login.Reason);
        _history.Add(
        [
            login.TenantId, login.LoginId, login.At, userName, AccountName.KeyOf(userName), login.AccountId == 0 ? null : login.AccountId, login.NasId, mac, clientIp,
            (short)login.Outcome, LoginWords.Of(login.Method), reason, Encoding.UTF8.GetString(login.Detail),
            login.HasReply ? login.Reply.ToArray() : null,
        ]);
        if (login.Device.IsNone || login.Outcome == LoginOutcome.Challenged)
        {
            return;
        }

        if (!_devices.TryGetValue((login.TenantId, mac), out Attempts? attempts))
        {
            _devices.Add((login.TenantId, mac), attempts = new Attempts());
        }

        if (login.Outcome == LoginOutcome.Accepted)
        {
            attempts.GotIn = true;
            attempts.Times = 0;
            return;
        }

        attempts.FirstAt = attempts.Times == 0 ? login.At : attempts.FirstAt;
        attempts.Times++;
        attempts.LastAt = login.At;
        attempts.ClientIp = clientIp;
        attempts.NasId = login.NasId;
        attempts.UserName = userName;
        attempts.Reason = reason;
    }

    public void Save()
    {
        run.Execute(sql.InsertLogin, _history);
        (long TenantId, string Mac)[] devices = [.. _devices.Keys];
        Array.Sort(devices);
        run.Execute(sql.RemoveUnauthorised, [.. devices.Where(device => _devices[device].GotIn).Select(device => (object?[])[device.TenantId, device.Mac])]);
        run.Execute(
            sql.AddUnauthorised,
            [
                .. devices.Where(device => _devices[device].Times > 0).Select(device => (device, attempts: _devices[device])).Select(one => (object?[])
                [
                    one.device.TenantId, one.device.Mac, one.attempts.ClientIp, one.attempts.NasId, one.attempts.UserName, one.attempts.Reason,
                    one.attempts.FirstAt, one.attempts.LastAt, one.attempts.Times,
                ]),
            ]);
    }

    /// <summary>What a device tried since it last got in.</summary>
    private sealed class Attempts
    {
        public bool GotIn { get; set; }

        public long Times { get; set; }

        public long FirstAt { get; set; }

        public long LastAt { get; set; }

        public string ClientIp { get; set; } = "";

        public long NasId { get; set; }

        public string UserName { get; set; } = "";

        public string Reason { get; set; } = "";
    }
}
