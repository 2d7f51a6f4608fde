using System.Net;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Sms;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>Requests for codes and verifications go through the guard.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class GuardedCodesTests(StorageProvider provider)
{
    [Test]
    public async Task A_robot_gets_five_codes_and_last_weeks_guest_another()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await AskAsync(room, "+60123456789", "198.51.100.9");
        Assert.That(await room.TryAsync(await room.TakeCodeAsync()), Is.TypeOf<CodeVerdict.Right>());
        room.Clock.Advance(TimeSpan.FromDays(7));

        List<CodeAnswer> robot = [];
        for (int i = 0; i < 500; i++)
        {
            robot.Add(await AskAsync(room, GuardRoom.Number(i), "203.0.113.7"));
        }

        CodeAnswer guest = await AskAsync(room, "+60123456789", "203.0.113.7");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(robot.Take(5), Is.All.TypeOf<CodeAnswer.Sent>());
            Assert.That(robot.Skip(5).Select(answer => (answer as CodeAnswer.Refused)?.Reason), Is.All.EqualTo(CodeRefusal.Guard));
            Assert.That(guest, Is.TypeOf<CodeAnswer.Sent>());
            Assert.That(await room.TakeMessagesAsync(), Has.Count.EqualTo(6), "what was refused was not sent");
        }
    }

    [Test]
    public async Task A_right_code_makes_room_and_a_wrong_one_does_not()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await AskAsync(room, "+60123456789", "203.0.113.7");
        string code = await room.TakeCodeAsync();
        for (int i = 0; i < 4; i++)
        {
            await AskAsync(room, GuardRoom.Number(i), "203.0.113.7");
        }

        await room.TryAsync(CodesRoom.WrongFor(code));
        CodeAnswer before = await AskAsync(room, GuardRoom.Number(9), "203.0.113.7");
        await room.TryAsync(code);
        CodeAnswer after = await AskAsync(room, GuardRoom.Number(9), "203.0.113.7");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before as CodeAnswer.Refused)?.Reason, Is.EqualTo(CodeRefusal.Guard));
            Assert.That(after, Is.TypeOf<CodeAnswer.Sent>());
        }
    }

    [Test]
    public async Task A_number_outside_of_the_prefixes_is_refused_and_nothing_sent()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { Prefixes = [new DialPrefix("Singapore", "65")] });

        CodeAnswer answer = await room.AskAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.EqualTo(new CodeAnswer.Refused(CodeRefusal.Prefix, "No codes are sent to this number's country or network.", null)));
            Assert.That(await room.TakeMessagesAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task What_is_asked_for_again_too_soon_is_not_counted()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { PerPhonePerDay = 2 });
        List<Type> answers = [];
        for (int i = 0; i < 4; i++)
        {
            answers.Add((await room.AskAsync()).GetType());
            answers.Add((await room.AskAsync()).GetType());
            room.Clock.Advance(TimeSpan.FromSeconds(60));
        }

        Type sent = typeof(CodeAnswer.Sent), already = typeof(CodeAnswer.AlreadySent), refused = typeof(CodeAnswer.Refused);
        Assert.That(answers, Is.EqualTo((Type[])[sent, already, sent, already, refused, refused, refused, refused]));
    }

    private static Task<CodeAnswer> AskAsync(CodesRoom room, string phone, string address) => room.Requests.RequestAsync(
        new CodeRequest { TenantId = CodesRoom.Tenant, Phone = SmsSamples.Phone(phone), Address = IPAddress.Parse(address) }, default);
}
