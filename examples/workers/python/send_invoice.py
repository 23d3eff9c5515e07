"""Sends invoices: start it with `python send_invoice.py`, then add a job of the kind send-invoice."""

from daybook_worker import DoNotRetry, Worker


def send_invoice(data, job):
    if "invoice" not in data:
        raise DoNotRetry("the data name no invoice")
    # A mail server that knows the id of the job sends each invoice once, also when an attempt is repeated.
    print(f"invoice {data['invoice']} is sent, job {job.id}, attempt {job.attempt}", flush=True)
    return {"sent": data["invoice"]}


if __name__ == "__main__":
    Worker(lane="mail", handlers={"send-invoice": send_invoice}, concurrency=8).serve()
