using System.Text.Json.Nodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Each provider's request as the sender sends it, and the provider's answers, against what its published description says.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class PublishedApiTests
{
    private const string Text = "50% & more+ = \"ja\"?\nZeile 2 {phone} 码 ü€ 482913";

    private static readonly SmsOptions Reachable = new() { AllowPrivateAddresses = true, RequestSeconds = 60, PublicUrl = "https://radius.example.net/kiwire" };

    private static IEnumerable<TestCaseData> EachAnswer() =>
        PublishedApis.All.SelectMany(api => api.Answers.Select((answer, place) => new TestCaseData(api, answer).SetArgDisplayNames(api.Name, $"{place}: {answer.Status} {answer.Says}")));

    [TestCaseSource(typeof(PublishedApis), nameof(PublishedApis.All))]
    public async Task What_is_sent_is_what_the_description_takes(PublishedApi api)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(api.Answers[0].Status, api.Answers[0].Body));
        await using SmsRoom room = await SmsRoom.CreateAsync(StorageProvider.Sqlite, options: Reachable);
        long connector = await room.AddConnectorAsync(api.Connector(gateway.Url));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(connector) with { Text = Text });
        SmsLogEntry entry = await room.UntilAsync(id, entry => entry.State != SmsState.Queued && entry.State != SmsState.Sending);

        Assert.That((entry.State, entry.ProviderId, entry.Error), Is.EqualTo((SmsState.Sent, api.Answers[0].Says, "")));
        Assert.That(api.FindFaults(gateway.Requests.Single()), Is.Empty, api.Source);
    }

    [TestCaseSource(nameof(EachAnswer))]
    public async Task What_is_answered_is_taken_for_what_it_means(PublishedApi api, PublishedAnswer answer)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(answer.Status, answer.Body));
        using SmsHttp http = MakeHttp();

        SmsTestBody body = SmsTestBody.Of(await http.SendAsync(Make(api.Connector(gateway.Url)), Dispatch(Text), default), Text);

        Assert.That(body.Result, Is.EqualTo(answer.Result), body.Error);
        Assert.That(answer.Result == SmsTestResult.Sent ? body.ProviderId ?? "" : body.Error, answer.Result == SmsTestResult.Sent ? Is.EqualTo(answer.Says) : Does.Contain(answer.Says));
    }

    [TestCaseSource(typeof(PublishedApis), nameof(PublishedApis.All))]
    public async Task A_request_of_another_kind_would_be_found_out(PublishedApi api)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(500, ""));
        using SmsHttp http = MakeHttp();
        await http.SendAsync(Make(api.Connector(gateway.Url)), Dispatch(Text), default);
        GatewayRequest right = gateway.Requests.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(api.FindFaults(right), Is.Empty);
            Assert.That(api.FindFaults(right with { Method = "PUT" }), Has.One.Items);
            Assert.That(api.FindFaults(right with { Path = right.Path + ".xml" }), Has.One.Items);
            Assert.That(api.FindFaults(right with { ContentType = "text/plain; " + right.ContentType }), Has.Some.StartsWith("The content is"));
            Assert.That(api.FindFaults(right with { Headers = new Dictionary<string, string>() }), Has.One.Items);
            JsonObject more = PublishedApi.FieldsOf(right);
            more["another"] = "1";
            Assert.That(api.FindFieldFaults(more), Is.EqualTo((string[])["another is not known."]));
            foreach (string name in api.Required)
            {
                JsonObject less = PublishedApi.FieldsOf(right);
                less.Remove(name);
                Assert.That(api.FindFieldFaults(less), Does.Contain($"{name} is missing."));
            }

            foreach (PublishedField field in api.Fields.Where(field => PublishedApi.FieldsOf(right).ContainsKey(field.Name)))
            {
                JsonObject wrong = PublishedApi.FieldsOf(right);
                wrong[field.Name] = "";
                Assert.That(api.FindFieldFaults(wrong), Does.Contain($"{field.Name} cannot be \"\"."));
            }
        }
    }

    /// <summary>Every status that the description of a message has.</summary>
    [TestCase("queued,sending,sent,receiving,received,accepted,scheduled,partially_delivered", null)]
    [TestCase("delivered,read", SmsState.Delivered)]
    [TestCase("failed,undelivered,canceled", SmsState.Failed)]
    public void Twilios_statuses_are_understood(string statuses, SmsState? state) =>
        Assert.That(statuses.Split(',').Select(SmsReport.OfTwilio), Is.All.EqualTo(state));

    /// <summary>Every status that MessageBird has for a recipient.</summary>
    [TestCase("scheduled,sent,buffered", null)]
    [TestCase("delivered", SmsState.Delivered)]
    [TestCase("expired,delivery_failed", SmsState.Failed)]
    public void MessageBirds_statuses_are_understood(string statuses, SmsState? state) =>
        Assert.That(statuses.Split(',').Select(SmsReport.OfMessageBird), Is.All.EqualTo(state));
}
