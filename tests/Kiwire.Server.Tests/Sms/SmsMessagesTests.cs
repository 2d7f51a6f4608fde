using Kiwire.Server.Accounts;
using Kiwire.Server.Api;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>What an operator's messages are filled in with.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsMessagesTests(StorageProvider provider)
{
    [Test]
    public async Task A_variable_that_is_null_is_not_given()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        await room.Templates.CreateAsync(1, "entry", "{username}, your password is {password}.", default);
        SmsMessages messages = new(new SmsConnectorChoice(room.ConnectorStore), new SmsTemplateStore(room.Database), room.Recipients, room.Outbox, TimeProvider.System);
        SmsMessageRequest request = new() { Phone = "+60123456789", Template = "entry", Variables = new Dictionary<string, string> { ["username"] = "otto", ["password"] = null! } };

        (_, IReadOnlyList<SmsEnqueued> filled) = await messages.SendAsync(1, request, default);
        (IReadOnlyList<SmsOrder> plain, _) = await messages.SendAsync(1, request with { Template = null, Text = "Hello" }, default);

        Assert.That((filled.Single() as SmsEnqueued.Refused)?.Faults.Single().Message, Is.EqualTo("variables has no password, which the template asks for."));
        Assert.That(plain.Single().Secrets, Is.Empty);
    }

    [Test]
    public async Task An_accounts_expiry_is_the_date_in_its_tenants_time_zone()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        AccountRecipients recipients = new(room.Store, room.Lists, room.ProfileDirectory, room.Tenants);
        AccountSettings guest = new() { Username = "otto", Password = "secret-1", Phone = "+60123456789", Expiry = "2031-05-06 07:00:00" };
        Assert.That(await room.Store.CreateUserAsync(AccountsRoom.Tenant, guest, default), Is.TypeOf<SaveOutcome.Saved>());

        SmsRecipient found = (await recipients.FindAsync(AccountsRoom.Tenant, "otto", default))!;
        SmsRecipient listed = (await recipients.ReadAsync(AccountsRoom.Tenant, new SmsRecipientFilter(), place: null, 10, default)).Recipients.Single();

        // In Kuala Lumpur; in London it is the evening before.
        Assert.That(new[] { found, listed }.Select(recipient => SmsVariables.Of(given: null, recipient, Phone())["expiry"]), Is.All.EqualTo("2031-05-06"));
    }
}
