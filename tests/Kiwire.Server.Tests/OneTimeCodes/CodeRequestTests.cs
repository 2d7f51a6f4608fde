using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>Codes that are asked for.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class CodeRequestTests(StorageProvider provider)
{
    [Test]
    public async Task Sends_a_code_and_shows_where_it_went()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);

        CodeAnswer answer = await room.AskAsync();
        IReadOnlyList<SmsClaim> messages = await room.TakeMessagesAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Is.TypeOf<CodeAnswer.Sent>());
            CodeAnswer.Sent sent = (CodeAnswer.Sent)answer;
            Assert.That(sent.Recipient, Is.EqualTo("+6012****789"));
            Assert.That((sent.ResendAt, sent.ExpiresAt), Is.EqualTo((room.Clock.GetUtcNow().AddSeconds(60), room.Clock.GetUtcNow().AddSeconds(300))).Within(TimeSpan.FromMilliseconds(1)));
            Assert.That(messages.Single().Text, Does.Match(@"^Your code is [0-9]{6}\. It is good for 5 minutes\.$"));
            Assert.That((messages.Single().MessageId, messages.Single().Phone!.Value.E164), Is.EqualTo((sent.CodeId, "+60123456789")));
            Assert.That((await room.Outbox.ClaimAsync(10, TimeSpan.FromMinutes(1), default)), Is.Empty);
        }
    }

    [Test]
    public async Task Answers_a_repeated_request_like_the_first_and_sends_nothing_more()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);

        CodeAnswer.Sent first = (CodeAnswer.Sent)await room.AskAsync();
        room.Clock.Advance(TimeSpan.FromSeconds(59));
        CodeAnswer second = await room.AskAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second, Is.EqualTo(new CodeAnswer.AlreadySent(first.CodeId, first.Recipient, first.ResendAt, first.ExpiresAt)));
            Assert.That(await room.TakeMessagesAsync(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Sends_another_code_after_a_while_and_takes_back_the_one_that_still_waited()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);

        CodeAnswer.Sent first = (CodeAnswer.Sent)await room.AskAsync();
        room.Clock.Advance(TimeSpan.FromSeconds(60));
        CodeAnswer.Sent second = (CodeAnswer.Sent)await room.AskAsync();

        Assert.That((await room.TakeMessagesAsync()).Select(message => message.MessageId), Is.EqualTo(new[] { second.CodeId }).And.Not.Contain(first.CodeId));
    }

    [Test]
    public async Task Many_requests_for_one_number_at_the_same_time_send_one_message()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);

        CodeAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => room.AskAsync())));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Count(answer => answer is CodeAnswer.Sent), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer is CodeAnswer.AlreadySent), Is.EqualTo(49));
            Assert.That(await room.TakeMessagesAsync(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task The_code_lies_encrypted_and_in_no_answer()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);

        CodeAnswer answer = await room.AskAsync();
        string code = await room.TakeCodeAsync();
        StoredCode stored = (await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(System.Text.Encoding.UTF8.GetString(room.Secrets.Reveal(stored)!), Is.EqualTo(code));
            Assert.That(System.Text.Encoding.Latin1.GetString(stored.Code!), Does.Not.Contain(code));
            Assert.That(stored.PhoneHash, Does.Not.Contain("123456789"));
            Assert.That($"{answer}{stored}", Does.Not.Contain(code));
        }
    }

    [TestCase(4)]
    [TestCase(10)]
    public async Task Codes_are_as_long_as_the_policy_wants_and_of_what_it_wants(int length)
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { CodeLength = length, PasswordSecurity = PasswordSecurity.High });

        await room.AskAsync();

        Assert.That(await room.TakeCodeAsync(), Does.Match($"^[ACDEFHJKMNPQRTWXY3479]{{{length}}}$"));
    }

    [Test]
    public async Task The_text_is_in_the_guests_language_and_shows_the_number_where_the_policy_does()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { RecipientMask = false });

        CodeAnswer.Sent sent = (CodeAnswer.Sent)await room.AskAsync(language: "ms-MY");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await room.TakeMessagesAsync()).Single().Text, Does.StartWith("Kod anda ialah "));
            Assert.That(sent.Recipient, Is.EqualTo("+60123456789"));
        }
    }

    [Test]
    public async Task Sends_nothing_where_the_policy_is_not_enabled()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);

        CodeAnswer answer = await room.Requests.RequestAsync(new CodeRequest { TenantId = 2, Phone = CodesRoom.Guest }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer as CodeAnswer.Refused)?.Reason, Is.EqualTo(CodeRefusal.Off));
            Assert.That(await room.TakeMessagesAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Keeps_nothing_where_the_outbox_is_full()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, options: new SmsOptions { OutboxLimit = 1 });
        await room.AskAsync("+60123456780");

        CodeAnswer answer = await room.AskAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer as CodeAnswer.Refused)?.Reason, Is.EqualTo(CodeRefusal.Busy));
            Assert.That(await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default), Is.Null);
        }
    }

    [Test]
    public async Task A_code_that_is_out_of_date_is_erased()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { ResendAfterSeconds = 600 });
        await room.AskAsync();

        room.Clock.Advance(TimeSpan.FromSeconds(300));
        await room.Accounts.Storage.Commits.EnqueueAsync(unit => CodeStore.SweepAsync(unit, room.Clock.GetUtcNow().ToUnixTimeMilliseconds()), default);
        StoredCode? erased = await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default);
        room.Clock.Advance(TimeSpan.FromSeconds(300));
        await room.Accounts.Storage.Commits.EnqueueAsync(unit => CodeStore.SweepAsync(unit, room.Clock.GetUtcNow().ToUnixTimeMilliseconds()), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(erased, Is.Not.Null);
            Assert.That(erased!.Code, Is.Null);
            Assert.That(await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default), Is.Null);
        }
    }
}
