using System.Text.Json;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.Tenants;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class TenantPolicyTests
{
    [Test]
    public void An_absent_field_has_its_default()
    {
        TenantPolicy policy = TenantPolicy.FromJson("""{ "macAutoLogin": true }""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.MacAutoLogin, Is.True);
            Assert.That(policy.PasswordSecurityHigh, Is.True);
            Assert.That(policy.Lockout, Is.True);
            Assert.That(policy.RejectDelaySeconds, Is.EqualTo(1));
            Assert.That(policy.InterimIntervalSeconds, Is.EqualTo(300));
            Assert.That(policy.EapMethods, Is.EqualTo(["MSCHAPv2", "MD5", "GTC"]));
            Assert.That(policy.ReplyTexts, Is.Empty);
        }
    }

    [Test]
    public void What_is_written_is_read_back()
    {
        TenantPolicy policy = new()
        {
            MacAutoLogin = true,
            MacAutoRegister = true,
            MacSecurity = true,
            AutoDisconnectPrevious = true,
            SuspendWhenExhausted = true,
            SuspendWhenExpired = true,
            PasswordSecurityHigh = false,
            Lockout = false,
            RejectDelaySeconds = 2.5,
            InterimIntervalSeconds = 600,
            EapMethods = ["GTC"],
            ReplyTexts = new Dictionary<string, string> { ["expired"] = "Zu spät" },
        };

        TenantPolicy read = TenantPolicy.FromJson(policy.ToJson());

        Assert.That(read.ToJson(), Is.EqualTo(policy.ToJson()));
        Assert.That(read with { EapMethods = policy.EapMethods, ReplyTexts = policy.ReplyTexts }, Is.EqualTo(policy));
        Assert.That(read.ReplyTexts["expired"], Is.EqualTo("Zu spät"));
    }

    [Test]
    public void A_field_of_another_version_is_kept()
    {
        TenantPolicy policy = TenantPolicy.FromJson("""{ "fromTheFuture": { "x": 1 }, "lockout": false }""") with { MacSecurity = true };

        using JsonDocument written = JsonDocument.Parse(policy.ToJson());
        Assert.That(written.RootElement.GetProperty("fromTheFuture").GetProperty("x").GetInt32(), Is.EqualTo(1));
        Assert.That(written.RootElement.GetProperty("lockout").GetBoolean(), Is.False);
    }

    [Test]
    public void The_defaults_have_no_faults() => Assert.That(new TenantPolicy().FindFaults(), Is.Empty);

    [TestCase(-0.1)]
    [TestCase(5.1)]
    [TestCase(double.NaN)]
    public void Reject_delay_is_0_to_5_seconds(double seconds) =>
        Assert.That(new TenantPolicy { RejectDelaySeconds = seconds }.FindFaults().Single().Message, Does.StartWith("rejectDelaySeconds is ").And.EndsWith("it must be 0 to 5."));

    [Test]
    public void Every_fault_names_its_field()
    {
        TenantPolicy policy = new()
        {
            InterimIntervalSeconds = 59,
            EapMethods = ["md5", "LEAP"],
            ReplyTexts = new Dictionary<string, string> { ["no_such"] = "x", ["expired"] = new('ä', 127) },
        };

        Assert.That(
            policy.FindFaults().Select(fault => fault.Message),
            Is.EqualTo(
            [
                "interimIntervalSeconds is 59; it must be 60 (RFC 2869, 5.16) to 86400.",
                "eapMethods names 'LEAP'; known are MD5, MSCHAPv2, GTC.",
                "replyTexts names 'no_such'; known are wrong_password, inactive, expired, zone, mac, no_profile, hours, no_credit, volume, simultaneous, no_code, lockout, bad_request, tenant_suspended.",
                "replyTexts has more than 253 octets for 'expired'; a Reply-Message holds 253 (RFC 2865, 5).",
            ]));
    }
}
