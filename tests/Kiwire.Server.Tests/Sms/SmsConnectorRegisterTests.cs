using System.Text;
using Dapper;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsConnectorRegisterTests(StorageProvider provider)
{
    [Test]
    public async Task A_connector_is_kept_with_its_secrets_encrypted()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);

        await room.AddConnectorAsync(Twilio("https://api.twilio.com"));

        SmsConnector found = (await room.Connectors.FindAsync(1, "MY twilio", default))!;
        await using var connection = await room.Database.OpenAsync(default);
        (string settings, byte[] secrets) = await connection.QuerySingleAsync<(string, byte[])>("SELECT settings, secrets FROM sms_connectors");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Settings.From, Is.EqualTo("+12345678987"));
            Assert.That(found.Secrets[SmsSecrets.AuthToken], Is.EqualTo(GatewayRules.TwilioToken));
            Assert.That(settings + Encoding.Latin1.GetString(secrets), Does.Not.Contain(GatewayRules.TwilioToken));
            Assert.That(found.ToString(), Does.Not.Contain(GatewayRules.TwilioToken));
            Assert.That(Twilio("x").ToString(), Does.Not.Contain(GatewayRules.TwilioToken));
        }
    }

    [Test]
    public async Task An_update_keeps_what_it_leaves_out_secrets_among_it()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long id = await room.AddConnectorAsync(Acme("https://sms.acme.example") with
        {
            SecureParameters = [new() { Name = "token", Value = "t1" }, new() { Name = "gone", Value = "g1" }],
        });

        SaveOutcome outcome = await room.Connectors.UpdateAsync(
            1, id, new SmsConnectorRequest { Name = "acme 2", SecureParameters = [new() { Name = "token" }, new() { Name = "more", Value = "m1" }] }, 0, default);

        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
        SmsConnector found = (await room.Connectors.FindAsync(1, "acme 2", default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Secrets.Values, Is.EquivalentTo(new Dictionary<string, string> { ["uri:password"] = "pass123", ["parameter:token"] = "t1", ["parameter:more"] = "m1" }));
            Assert.That(found.Settings.Generic.SecureParameters, Is.EqualTo(new[] { "token", "more" }));
            Assert.That(found.Settings.Generic.Uri, Is.EqualTo("https://sms.acme.example/send?accountno=myaccount&password={uri:password}"));
            Assert.That(found.Version, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task An_address_can_be_read_changed_and_written_back_without_its_secret()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long id = await room.AddConnectorAsync(Acme("https://sms.acme.example"));

        await room.Connectors.UpdateAsync(1, id, new SmsConnectorRequest { Uri = "https://sms2.acme.example/send?password={uri:password}" }, 0, default);
        SmsConnector kept = (await room.Connectors.FindAsync(1, "acme", default))!;
        await room.Connectors.UpdateAsync(1, id, new SmsConnectorRequest { Uri = "https://sms2.acme.example/send" }, 0, default);
        SmsConnector dropped = (await room.Connectors.FindAsync(1, "acme", default))!;

        Assert.That((kept.Secrets["uri:password"], dropped.Secrets.Has("uri:password")), Is.EqualTo(("pass123", false)));
    }

    [Test]
    public async Task A_name_is_the_tenants_once()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        await room.AddConnectorAsync(Acme("https://sms.acme.example"));
        long other = await room.AddConnectorAsync(Acme("https://sms.acme.example", name: "other"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await room.Connectors.CreateAsync(1, Acme("https://sms.acme.example", name: "ACME"), default), Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await room.Connectors.UpdateAsync(1, other, new() { Name = "Acme" }, 0, default), Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(await room.Connectors.CreateAsync(2, Acme("https://sms.acme.example"), default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await room.Connectors.UpdateAsync(2, other, new() { Name = "x" }, 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(await room.Connectors.UpdateAsync(1, other, new() { Name = "x" }, 9, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await room.Connectors.DeleteAsync(1, other, 9, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await room.Connectors.DeleteAsync(1, other, 0, default), Is.TypeOf<SaveOutcome.Saved>());
        }
    }

    [Test]
    public async Task A_chosen_connector_can_be_neither_made_inactive_nor_deleted()
    {
        ChosenBy use = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, uses: use);
        long id = use.Chosen = await room.AddConnectorAsync(Acme("https://sms.acme.example"));

        SaveOutcome inactive = await room.Connectors.UpdateAsync(1, id, new() { Active = false }, 0, default);
        SaveOutcome deleted = await room.Connectors.DeleteAsync(1, id, 0, default);
        SaveOutcome renamed = await room.Connectors.UpdateAsync(1, id, new() { Name = "acme 2" }, 0, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((inactive as SaveOutcome.Refused)?.Message, Is.EqualTo("active cannot be false: the SMS policy has chosen this connector; choose another one there first."));
            Assert.That(deleted, Is.TypeOf<SaveOutcome.Refused>());
            Assert.That(renamed, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That((await room.Connectors.FindAsync(1, "acme 2", default))!.Active, Is.True);
        }
    }

    [Test]
    public async Task A_picture_is_known_by_its_first_octets()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long id = await room.AddConnectorAsync(Acme("https://sms.acme.example"));
        SmsConnector connector = (await room.Connectors.FindAsync(1, "acme", default))!;
        byte[] gif = [.. "GIF89a"u8, 1, 2, 3];
        Assert.That(SmsLogo.TryRead(gif, out SmsLogo? logo, out _), Is.True);

        await room.Connectors.SetLogoAsync(1, id, logo, 0, default);
        SmsLogo? saved = await room.Connectors.FindLogoAsync(connector, default);
        await room.Connectors.SetLogoAsync(1, id, null, 0, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((saved!.MediaType, saved.Picture), Is.EqualTo(("image/gif", gif)));
            Assert.That(await room.Connectors.FindLogoAsync(connector, default), Is.Null);
            Assert.That(await room.Connectors.SetLogoAsync(1, id, null, 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(SmsLogo.TryRead([.. "<svg onload=alert(1)>"u8], out _, out _), Is.False);
            Assert.That(SmsLogo.TryRead([0xFF, 0xD8, 0xFF, .. new byte[SmsLogo.LargestOctets]], out _, out string? fault), Is.False);
            Assert.That(fault, Does.StartWith("is larger"));
        }
    }

    private sealed class ChosenBy : ISmsConnectorUse
    {
        public long Chosen { get; set; }

        public Task<string?> FindUseAsync(UnitOfWork unit, long tenantId, long connectorId) =>
            Task.FromResult(connectorId == Chosen ? "the SMS policy" : null);
    }
}
